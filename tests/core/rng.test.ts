import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';

test('one seed gives one stream', () => {
  const draws = (seed: string) =>
    Array.from({ length: 5 }, () => createRng(seed)).map((rng, i) => rng.fork(`${i}`).next());
  expect(draws('a')).toEqual(draws('a'));
  expect(draws('a')).not.toEqual(draws('b'));
});

test('a fork does not depend on what was drawn before', () => {
  const rng = createRng(7);
  const before = rng.fork('step 1').next();
  rng.next();
  expect(rng.fork('step 1').next()).toBe(before);
});
