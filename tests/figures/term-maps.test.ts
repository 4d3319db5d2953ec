import { describe, expect, test } from 'vitest';
import { specimens } from '../../src/figures/specimens/term-maps.ts';
import TermMaps from '../../src/figures/TermMaps.svelte';
import {
  describeCell,
  describeTerms,
  layoutTerms,
  levelOf,
  levelPaths,
  levels,
  mostOf,
  scoreText,
  tabulateTerms,
} from '../../src/figures/term-maps.ts';
import { drawn, fileOf } from './drawn.ts';

const whole = specimens['three and their sum']!;

describe('the maps that scores are the sum of', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(TermMaps, specimens[name]!)).toMatchFileSnapshot(fileOf('term-maps', name));
  });
  test('share one scale, whose ends are the largest score of all', () => {
    const most = mostOf(whole);
    expect(most).toBe(
      Math.max(...[...whole.terms.map(({ map }) => map), whole.total].flatMap((map) => Array.from(map, Math.abs))),
    );
    expect([levelOf(most, most), levelOf(-most, most), levelOf(0, most)]).toEqual([levels, -levels, 0]);
  });
  test('leave out the cells that are as good as 0, and join neighbours of a step', () => {
    expect(levelPaths([1, 1, 0, -1], 2, 10, 1)).toEqual([
      { level: -8, path: 'M10,10h10v10h-10z' },
      { level: 8, path: 'M0,0h20v10h-20z' },
    ]);
  });
  test('stay within the width, in as many lines as they need', () => {
    for (const width of [340, 420, 720, 1100]) {
      const { corners, side } = layoutTerms(whole, width, 15);
      expect(Math.max(...corners.map(({ x }) => x + side))).toBeLessThanOrEqual(width);
    }
    const lines = (width: number) => new Set(layoutTerms(whole, width, 15).corners.map(({ y }) => y)).size;
    expect([lines(1100), lines(340)]).toEqual([1, 2]);
  });
  test('say what a cell sums, with a true minus', () => {
    expect(describeCell(whole, [4, 1])).toBe(
      'rained (4) looks at monday (1): content → content −0.40, content → place −0.42, place → content −0.28; together −1.10',
    );
    expect([0, -0.001, -2, 2].map((value) => scoreText(value, true))).toEqual(['+0.00', '+0.00', '−2.00', '+2.00']);
    expect(describeTerms(whole)).toContain('over 5 tokens as a sum of 3 maps');
    expect(describeTerms({ ...whole, kept: 2 })).toContain('over 5 tokens, the first 2 of them kept, as a sum');
  });
  test('have a table twin with a row a pair of tokens, whose parts add up', () => {
    const { rows } = tabulateTerms(whole);
    expect(rows).toHaveLength(25);
    expect(rows[21]).toEqual(['rained (4)', 'monday (1)', '−0.40', '−0.42', '−0.28', '−1.10']);
  });
});
