import { expect, test } from 'vitest';
import { divergence, softened, wordsOf } from '../../src/panels/teacher-readers.ts';

test('a belief is softened by roots shared out anew, and at 1 it stays what it is', () => {
  expect([...softened([0.8, 0.2], 2)].map((share) => share.toFixed(4))).toEqual(['0.6667', '0.3333']);
  expect([...softened([0.8, 0.2], 1)].map((share) => share.toFixed(4))).toEqual(['0.8000', '0.2000']);
  expect([...softened([1, 0], 4)]).toEqual([1, 0]);
});

test('two beliefs are apart by nothing only where they are alike', () => {
  expect(divergence([0.5, 0.5], [0.5, 0.5])).toBe(0);
  expect(divergence([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 12);
});

test('the truth comes first, then what the first reader holds likeliest, and nobody’s favourite is left out', () => {
  const exact = [0.1, 0.5, 0.4, 0, 0];
  const other = [0, 0.2, 0.1, 0.7, 0];
  expect(wordsOf([exact, other], 2, 3)).toEqual([2, 1, 3]);
  expect(wordsOf([exact, other], 4, 3)).toEqual([4, 1, 3]);
});
