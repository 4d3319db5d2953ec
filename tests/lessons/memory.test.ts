import { expect, test } from 'vitest';
import { experimentOf, loadResult } from '../../src/app/experiments.ts';

/** Of a colour, an object and a city that were told some 123 tokens before: bits of all three together. */
const bitsOf = (nats: number) => (3 * nats) / Math.LN2;

test('with 128 tokens in sight what was lost costs at most 2 bits, with none at least 7.5, from every seed', async () => {
  const result = (await loadResult('memory', 'recall'))!;
  const bits = (arm: string) =>
    result.outcomes.flatMap((one) => (one.arm === arm ? [bitsOf(one.readBack!.losses.causal!)] : []));
  expect(bits('memory 128')).toHaveLength(3);
  expect(bits('no memory')).toHaveLength(3);
  expect(Math.max(...bits('memory 128'))).toBeLessThanOrEqual(2);
  expect(Math.min(...bits('no memory'))).toBeGreaterThanOrEqual(7.5);
  expect(result.experiment).toEqual(JSON.parse(JSON.stringify(experimentOf('memory', 'recall'))));
});
