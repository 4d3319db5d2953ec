import { expect } from 'vitest';
import { compare } from '../../src/checks/reference.ts';
import { fixture } from './fixtures.ts';

/** Expects our model to give exactly these outputs of a fixture, each within the tolerance at every position. */
export async function expectAgreement(
  name: string,
  outputs: readonly string[],
  options?: { readonly taps: boolean },
): Promise<void> {
  const comparisons = await compare(await fixture(name), options);
  expect(comparisons.map(({ output }) => output).sort()).toEqual([...outputs].sort());
  for (const { output, difference, limit, note } of comparisons)
    expect(difference, `${output} ${note ?? ''}`).toBeLessThanOrEqual(limit);
}
