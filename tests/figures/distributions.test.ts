import { describe, expect, test } from 'vitest';
import Distributions from '../../src/figures/Distributions.svelte';
import {
  describeDistributions,
  fullOf,
  hasRest,
  layoutDistributions,
  restOf,
  tabulateDistributions,
} from '../../src/figures/distributions.ts';
import { specimens } from '../../src/figures/specimens/distributions.ts';
import { drawn, fileOf } from './drawn.ts';

const four = specimens['four readers']!;

describe('distributions', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(Distributions, specimens[name]!)).toMatchFileSnapshot(fileOf('distributions', name));
  });
  test('say of each reader what it holds likeliest', () => {
    expect(describeDistributions(four)).toBe(
      'How likely each word is. the label: toad 100 %; teacher: toad 28 %, duck 25 % and snail 22 %; student: duck 27 %, toad 24 % and snail 22 %; exact: toad 25 %, snail 25 % and duck 25 %.',
    );
  });
  test('give what is left to all other words, where anything is', () => {
    expect(restOf(four.readers[1]!)).toBeCloseTo(0.03, 9);
    expect(tabulateDistributions(four).rows.at(-1)).toEqual(['all others', '0.0 %', '3.0 %', '3.0 %', '0.0 %']);
    expect(hasRest(specimens['one reader, nothing left over']!)).toBe(false);
  });
  test('of small shares are seen from near, without the rest', () => {
    const near = specimens['small shares from near']!;
    expect([hasRest(near), hasRest({ ...near, near: false })]).toEqual([false, true]);
    expect([fullOf(near), fullOf(four)]).toEqual([0.086, 1]);
    expect(tabulateDistributions(near).rows.at(-1)).toEqual(['choir', '0.04 %', '0.29 %']);
  });
  test('stand side by side where there is room, and in bands where there is none', () => {
    expect(layoutDistributions(four, 720, 15).bands).toHaveLength(1);
    const narrow = layoutDistributions(four, 330, 15);
    expect(narrow.bands).toHaveLength(2);
    expect(narrow.columns.every(({ x }) => x + narrow.room + narrow.type * 3 <= 330 + narrow.type)).toBe(true);
  });
});
