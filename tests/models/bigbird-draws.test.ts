import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mersenneTwister, permuted } from '../../src/models/bigbird/mersenne-twister.ts';
import { type RandomChoice, randomBlocksOf } from '../../src/models/bigbird/random-blocks.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('the Mersenne twister', () => {
  it('gives the first numbers of its authors’ own example, seed 5489', () => {
    const draw = mersenneTwister(5489);
    expect(upTo(5).map(draw)).toEqual([3499211612, 581869302, 3890346734, 3586334585, 545404204]);
  });

  it('gives the ten-thousandth number that the C++ standard asks for', () => {
    const draw = mersenneTwister(5489);
    for (let i = 1; i < 10000; i++) draw();
    expect(draw()).toBe(4123659995);
  });

  it.each([
    [0, [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]],
    [1, [2, 9, 6, 4, 0, 3, 1, 7, 8, 5]],
    [7, [8, 5, 0, 2, 1, 9, 7, 3, 6, 4]],
    [123456789, [7, 0, 6, 3, 4, 5, 9, 1, 2, 8]],
  ])('puts ten things in the order of numpy’s RandomState(%i).permutation', (seed, order) => {
    expect(permuted(upTo(10), mersenneTwister(seed))).toEqual(order);
  });

  it('draws again whoever is above the limit, as numpy does for a thousand things', () => {
    expect(permuted(upTo(1000), mersenneTwister(3)).slice(0, 8)).toEqual([642, 762, 909, 199, 586, 797, 652, 755]);
  });

  it('leaves one thing and none as they are, without a draw', () => {
    const never = () => {
      throw new Error('drawn');
    };
    expect(permuted(['a'], never)).toEqual(['a']);
    expect(permuted([], never)).toEqual([]);
  });
});

interface Table {
  readonly choice: RandomChoice;
  readonly layer: number;
  readonly drawn: readonly (readonly (readonly number[])[])[];
}
const { tables } = JSON.parse(readFileSync('tests/fixtures/bigbird-draws.json', 'utf8')) as {
  tables: readonly Table[];
};

describe('the random blocks of BigBird', () => {
  it.each(tables.map((table) => [JSON.stringify(table.choice), table] as const))(
    'are those that the reference draws: %s',
    (_, { choice, layer, drawn }) => {
      expect(randomBlocksOf(choice, layer)).toEqual(drawn);
    },
  );

  it('are known for the toy of the reference documents, by head', () => {
    const choice = { blocks: 16, blockSize: 4, randomBlocks: 1, heads: 2, maxLength: 64 };
    const told = (layer: number) => randomBlocksOf(choice, layer).map((rows) => rows.flat().join(' '));
    expect(told(0)).toEqual(['3 5 5 1 3 2 5 1 5 3 4 1 5 5', '3 5 1 2 3 4 2 1 2 5 1 5 1 3']);
    expect(told(1)).toEqual(['4 4 1 2 2 4 2 5 3 1 4 3 3 5', '3 4 5 1 2 3 4 5 2 2 4 4 4 3']);
  });

  it('lie near the start of the text, however long it is, and never where a row looks anyway', () => {
    const rows = randomBlocksOf({ blocks: 100, blockSize: 4, randomBlocks: 2, heads: 3, maxLength: 400 }, 5);
    for (const head of rows)
      head.forEach((drawn, i) => {
        expect(new Set(drawn).size).toBe(2);
        for (const block of drawn) {
          expect(block).toBeGreaterThan(0);
          expect(block).toBeLessThan(2 * 2 + 5 - 1);
          expect(Math.abs(block - (i + 1))).toBeGreaterThan(1);
        }
      });
  });
});
