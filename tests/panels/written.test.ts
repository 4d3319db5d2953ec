import { expect, test } from 'vitest';
import { agreeing, looksOf, writtenChips } from '../../src/panels/written.ts';

test('a span that came back too short marks nothing of what follows it', () => {
  expect(agreeing([2, 5, 6, 7, 8, 3], [2, 5, 9, 8, 3])).toEqual([true, true, false, true, true]);
  expect(agreeing([2, 5, 3], [2, 5, 3])).toEqual([true, true, true]);
  expect(agreeing([], [4])).toEqual([false]);
});

test('what departs from the original is marked, and the frame is told from words', () => {
  const tokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'the', 'cat', 'dog'];
  const chips = writtenChips([2, 4, 5, 3], [2, 4, 6, 3], { tokens, isSpecial: (id) => id < 4 });
  expect(chips.map(({ token, mark, special }) => [token, mark, special])).toEqual([
    ['[CLS]', undefined, true],
    ['the', undefined, false],
    ['dog', 'replaced', false],
    ['[SEP]', undefined, true],
  ]);
});

test('where a token was looked for is the mean over the heads, cut to the source', () => {
  // Two heads, two targets, three sources.
  const data = Float32Array.from([0.5, 0.25, 0.25, 1, 0, 0, 0.25, 0.5, 0.25, 0, 1, 0]);
  expect(looksOf({ shape: [1, 2, 2, 3], data }, 0, 2)).toEqual([0.375, 0.375]);
  expect(looksOf({ shape: [1, 2, 2, 3], data }, 1, 3)).toEqual([0.5, 0.5, 0]);
});
