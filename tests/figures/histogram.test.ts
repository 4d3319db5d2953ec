import { describe, expect, test } from 'vitest';
import Histogram from '../../src/figures/Histogram.svelte';
import { describeTally, layoutTally, tabulateTally } from '../../src/figures/histogram.ts';
import { specimens } from '../../src/figures/specimens/histogram.ts';
import { drawn, fileOf } from './drawn.ts';

const runs = specimens['runs of words']!;

describe('a histogram', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(Histogram, specimens[name]!)).toMatchFileSnapshot(fileOf('histogram', name));
  });
  test('says how often each came and how often it should', () => {
    expect(describeTally(runs)).toBe(
      '1000 runs by words in a run. 1: 54 % (law 55 %), 2: 29 % (law 27 %) and 3: 17 % (law 18 %).',
    );
    expect(tabulateTally(runs).rows[1]).toEqual(['2', 290, '29 %', '27 %']);
  });
  test('has bars as tall as their shares, and the law at its own height', () => {
    const { bars, bottom } = layoutTally(runs, 620, 15);
    expect(bars[0]!.height / bars[1]!.height).toBeCloseTo(540 / 290, 9);
    expect((bottom - bars[0]!.law!) / bars[0]!.height).toBeCloseTo(6 / 11 / 0.54, 9);
    expect(bars.every(({ x, width }) => x >= 0 && x + width <= 620)).toBe(true);
  });
  test('of nothing has no bar', () => {
    const nothing = { ...runs, bars: runs.bars.map((bar) => ({ ...bar, count: 0 })) };
    expect(layoutTally(nothing, 620, 15).bars.map(({ height }) => height)).toEqual([0, 0, 0]);
  });
});
