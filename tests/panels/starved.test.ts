import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { chooseWords, ratesByPart } from '../../src/panels/starved.ts';

const size = { rows: 4000, words: 126, parts: 4 };
const rates = (longest: number, isShuffled: boolean) =>
  ratesByPart(size, { longest, isShuffled }, createRng('rates')).rates;

test('taken from the left, the last quarter of a text is asked for far less than the others', () => {
  const found = rates(1, false);
  // The rates of the published code, run 20,000 times.
  for (const [k, rate] of [0.167, 0.166, 0.167, 0.102].entries()) expect(found[k]).toBeCloseTo(rate, 2);
});

test('taken in a random order, all quarters are asked for nearly alike', () => {
  const found = rates(3, true);
  expect(Math.max(...found) - Math.min(...found)).toBeLessThan(0.03);
});

test('never more are asked for than 15 %, and all of them were marked', () => {
  for (let i = 0; i < 200; i++) {
    const { windows, budget, asked } = chooseWords(31, { longest: 3, isShuffled: false }, createRng(String(i)));
    expect(asked.length).toBeLessThanOrEqual(budget);
    expect(budget).toBe(5);
    const marked = windows.flatMap((window) => window.marked);
    expect(asked.filter((word) => !marked.includes(word))).toEqual([]);
    expect(new Set(marked).size).toBe(marked.length);
    expect(windows.at(-1)!.to).toBe(31);
  }
});

test('of 126 words of which one in six is marked, the last one in twelve is never asked for', () => {
  const asked = Array.from(
    { length: 2000 },
    (_, i) => chooseWords(126, { longest: 1, isShuffled: false }, createRng(String(i))).asked.at(-1)!,
  );
  expect(Math.max(...asked)).toBeLessThan(0.92 * 126);
});
