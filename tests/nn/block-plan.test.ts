import { expect, it } from 'vitest';
import { type BlockPlan, countsOf, tableOf } from '../../src/nn/kernels/block-plan.ts';

const one = (key: number) => ({ key, isMutual: false });
const both = (key: number) => ({ key, isMutual: true });

/** Two heads of two blocks: block 0 reads itself, block 1 both, or in the other head the first one twice. */
const plan: BlockPlan = {
  blockSize: 4,
  rows: [
    [[one(0)], [one(0), both(1)]],
    [[one(0)], [both(0), one(0)]],
  ],
};

it('A plan is counted in blocks of a text and in tiles of a head', () => {
  expect(countsOf(plan)).toEqual({ blocks: 2, tiles: 3 });
});

it('The table of a plan has its tiles and who reads what, and behind them where both begin', () => {
  const texels = Array.from({ length: 10 }, (_, t) => [...tableOf(plan).subarray(4 * t, 4 * t + 4)]);
  // Query, key, mutual, and the tiles again in the order of what is read.
  expect(texels.slice(0, 3)).toEqual([
    [0, 0, 0, 0],
    [1, 0, 0, 1],
    [1, 1, 1, 2],
  ]);
  expect(texels.slice(3, 6)).toEqual([
    [0, 0, 0, 0],
    [1, 0, 1, 1],
    [1, 0, 0, 2],
  ]);
  // First tile and how many, first reader and how many; in the second head nobody reads block 1.
  expect(texels.slice(6)).toEqual([
    [0, 1, 0, 2],
    [1, 2, 2, 1],
    [0, 1, 0, 3],
    [1, 2, 3, 0],
  ]);
});
