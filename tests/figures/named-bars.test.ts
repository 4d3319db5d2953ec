import { describe, expect, test } from 'vitest';
import NamedBars from '../../src/figures/NamedBars.svelte';
import { describeBars, layoutBars, tabulateBars } from '../../src/figures/named-bars.ts';
import { specimens } from '../../src/figures/specimens/named-bars.ts';
import { drawn, fileOf } from './drawn.ts';

const three = specimens['three of them']!;

describe('bars with names', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(NamedBars, specimens[name]!)).toMatchFileSnapshot(fileOf('named-bars', name));
  });
  test('are as long as their values, and stay within the width with what is written behind them', () => {
    for (const width of [320, 560, 1200]) {
      const { bars, left } = layoutBars(three, width, 15);
      expect(bars[0]!.length / bars[1]!.length).toBeCloseTo(0.15 / 0.93, 2);
      expect(left + bars[1]!.length).toBeLessThan(width - 30);
    }
  });
  test('say and list what they measure', () => {
    expect(describeBars(three)).toBe('Asked for: holes 15 %; fakes 93 %; next token 83 %.');
    expect(tabulateBars(three).rows[1]).toEqual(['fakes', '93 %']);
  });
});
