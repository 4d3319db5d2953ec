import type { Recording } from './steps.ts';

/** `expected` rounded up or down, so that its mean is `expected`; at most `most`, and the cap. */
export function roundedCount({ rng, tape, options }: Recording, expected: number, most: number): number {
  const limit = options.cap > 0 ? Math.min(options.cap, most) : most;
  const above = expected - Math.floor(expected);
  const { count } = tape.take(
    'count',
    0,
    () => {
      const count = Math.floor(expected + rng.next());
      const chance = count > expected ? above : 1 - above;
      return { kind: 'count', about: 0, count: Math.min(limit, count), chance };
    },
    (step) => step.count <= limit,
  );
  return count;
}

/**
 * How many of `words` coins fall on "asked for", at most `most`. Drawing the number first and then which words is the
 * same as a coin for each, and makes a tape of as many steps as words are asked for.
 */
export function coinCount({ rng, tape }: Recording, about: number, words: number, rate: number, most: number): number {
  const { count } = tape.take(
    'count',
    about,
    () => {
      let count = 0;
      for (let word = 0; word < words; word++) if (rng.next() < rate) count += 1;
      const drawn = Math.min(most, count);
      return { kind: 'count', about, count: drawn, chance: binomial(words, drawn, rate) };
    },
    (step) => step.count <= Math.min(words, most),
  );
  return count;
}

/** P(k of n coins fall on the side of probability `rate`). */
function binomial(n: number, k: number, rate: number): number {
  let chance = (1 - rate) ** (n - k);
  for (let i = 1; i <= k; i++) chance *= (rate * (n - k + i)) / i;
  return chance;
}
