import { describe, expect, test } from 'vitest';
import PairCut from '../../src/figures/PairCut.svelte';
import { describePair, runBox, sentenceBoxes, tabulatePair } from '../../src/figures/pair.ts';
import { specimens } from '../../src/figures/specimens/pair-cut.ts';
import { drawn, fileOf } from './drawn.ts';

describe('where a pair comes from', () => {
  const pair = specimens['next sentence, from elsewhere']!;
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(PairCut, specimens[name]!)).toMatchFileSnapshot(fileOf('pair-cut', name));
  });
  test('is said in one sentence', () => {
    expect(describePair(pair)).toBe(
      'A is sentences 2 to 3 of document 12, B is sentences 2 to 3 of document 41. Does B follow A? no, from another document. Label 1: B does not follow A.',
    );
    expect(tabulatePair(pair).rows[1]!.slice(0, 4)).toEqual(['B', 41, '2 to 3', 0]);
  });
  test('bounds a run by its first and last sentence, in its own document only', () => {
    const source = { document: 3, lengths: [10, 20, 30] };
    const boxes = sentenceBoxes(source, 0, 2);
    expect(boxes).toEqual([
      { x: 0, width: 18 },
      { x: 20, width: 38 },
      { x: 60, width: 58 },
    ]);
    expect(runBox(source, boxes, { document: 3, first: 1, last: 2, skip: 0 })).toEqual({ x: 20, width: 98 });
    expect(runBox(source, boxes, { document: 4, first: 1, last: 2, skip: 0 })).toBeUndefined();
  });
});
