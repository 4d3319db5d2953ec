import { expect } from 'vitest';

/** A share out of `of` independent draws is `share` within four standard errors: a false alarm in 16,000. */
export function expectShare(hits: number, of: number, share: number): void {
  const tolerance = 4 * Math.sqrt((share * (1 - share)) / of);
  expect(Math.abs(hits / of - share), `${hits} of ${of} should be near ${share}`).toBeLessThanOrEqual(tolerance);
}

/** Counts against expected counts: Pearson's χ² stays below `limit` (one false alarm in 10,000). */
export function expectChiSquare(counts: readonly number[], expected: readonly number[], limit: number): void {
  const chi = counts.reduce((sum, count, k) => sum + (count - expected[k]!) ** 2 / expected[k]!, 0);
  expect(chi, `counts ${counts.join(' ')} against ${expected.map((x) => x.toFixed(1)).join(' ')}`).toBeLessThan(limit);
}

/** `value` for each of 0 … n−1. */
export const times = <T>(n: number, value: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => value(i));

/** Negative log-likelihood of a label under logits, in nats. */
export function nll(logits: readonly number[], label: number): number {
  const most = Math.max(...logits);
  return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0)) - logits[label]!;
}
