import { describe, expect, test } from 'vitest';
import SpanNoise from '../../src/figures/SpanNoise.svelte';
import { specimens } from '../../src/figures/specimens/span-noise.ts';
import { crossingOf, describeStages, layoutStages, linksBetween, tabulateStages } from '../../src/figures/stages.ts';
import { drawn, fileOf } from './drawn.ts';

const { stages } = specimens['three kinds of noise']!;

describe('a pipeline of noise', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(SpanNoise, specimens[name]!)).toMatchFileSnapshot(fileOf('span-noise', name));
  });
  test('says what each stage did', () => {
    expect(describeStages(stages)).toBe(
      '12 tokens on the way through 3 stages. Sentences shuffled: order changed. A word deleted: 1 removed. ' +
        'Spans of length 3, 1 and 0 hidden: 1 span closed up, 1 shown as something else and 1 put in.',
    );
  });
  test('links a mask to every token it stands for, and what was put in to none', () => {
    const before = {
      name: '',
      items: [
        { token: 'a', origins: [0] },
        { token: 'b', origins: [1] },
      ],
    };
    const after = {
      name: '',
      items: [
        { token: 'x', origins: [] },
        { token: '[MASK]', origins: [0, 1] },
      ],
    };
    expect(linksBetween(before, after)).toEqual([
      { from: 0, to: 1, origin: 0 },
      { from: 1, to: 1, origin: 1 },
    ]);
  });
  test('marks the lines that cross others, and none that only closes up, or is pushed on', () => {
    const moved = stages.slice(1).map((stage, s) => crossingOf(linksBetween(stages[s]!, stage)));
    expect(moved.map(({ size }) => size)).toEqual([10, 0, 0]);
    expect([...moved[0]!].map(({ origin }) => origin).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
  test('runs along the line where it fits, and down the page where it does not', () => {
    expect(layoutStages(stages, 900, 15).upright).toBe(false);
    const narrow = layoutStages(stages, 350, 15);
    expect(narrow.upright).toBe(true);
    expect(Math.max(...narrow.places.flat().map(({ x, width }) => x + width))).toBeLessThanOrEqual(350);
  });
  test('has a table twin with the text after each stage', () => {
    expect(tabulateStages(stages).rows[3]).toEqual([
      'Spans of length 3, 1 and 0 hidden',
      10,
      '[CLS] mira [MASK] . the [MASK] ran [MASK] . [SEP]',
    ]);
  });
});
