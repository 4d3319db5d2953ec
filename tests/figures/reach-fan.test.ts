import { describe, expect, test } from 'vitest';
import ReachFan from '../../src/figures/ReachFan.svelte';
import { describeReach, layoutReach, legendOf, runsOf, tabulateReach } from '../../src/figures/reach.ts';
import { specimens } from '../../src/figures/specimens/reach-fan.ts';
import { drawn, fileOf } from './drawn.ts';

const memory = specimens['a memory, read and by relay']!;
const blocks = specimens['blocks, each look a line']!;

describe('a fan of what can be reached', () => {
  test.each(Object.keys(specimens))('is drawn: %s', async (name) => {
    await expect(drawn(ReachFan, specimens[name]!)).toMatchFileSnapshot(fileOf('reach-fan', name));
  });
  test('says how many are reached, how many by relay alone, and whether the target is among them', () => {
    expect(describeReach(memory)).toBe(
      'From token 60 through 2 layers 53 tokens can be reached, 16 of them by relay alone. token 12 is among them.',
    );
    expect(tabulateReach(memory).rows[1]).toEqual(['after layer 1', 29, '32 to 60', 13, 16, 0]);
    expect(describeReach(blocks)).toContain('8 blocks can be reached.');
  });
  test('tells its manners apart only where there are several', () => {
    expect(legendOf(memory)).toHaveLength(3);
    expect(legendOf(blocks)).toEqual([{ manner: 'gradient', name: 'can be reached' }]);
  });
  test('has a bar for each run, inside the picture', () => {
    const { bars, left, cell } = layoutReach(memory, 760, 14);
    expect(bars).toHaveLength(6);
    expect(bars.every(({ x, width }) => x >= left - 1e-9 && x + width <= left + 64 * cell + 1e-9)).toBe(true);
    expect(runsOf([1, 1, 0, 1], (one) => one === 1)).toEqual([
      { from: 0, to: 1 },
      { from: 3, to: 3 },
    ]);
  });
});
