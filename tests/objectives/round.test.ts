import { expect, test } from 'vitest';
import { roundHalfEven } from '../../src/objectives/round.ts';

test.each([
  [3, 0],
  [8, 1],
  [10, 2],
  [16, 2],
  [20, 3],
  [21, 3],
  [30, 4],
  [32, 5],
  [50, 8],
  [64, 10],
  [70, 10],
  [90, 14],
  [110, 16],
  [128, 19],
  [512, 77],
])('0.15 · %i rounds to %i, halves to the even number', (n, expected) => {
  expect(roundHalfEven(0.15 * n)).toBe(expected);
});

test('30, 70 and 110 tokens are where Math.round would differ', () => {
  expect([30, 70, 110].map((n) => Math.round(0.15 * n))).toEqual([5, 11, 17]);
});
