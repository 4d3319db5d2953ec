import { loadResult } from '../../src/app/experiments.ts';
import type { Outcome } from '../../src/training/experiment.ts';

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What came of an arm of a stored experiment, seed by seed. */
export async function outcomesOf(slug: string, id: string, arm: string): Promise<readonly Outcome[]> {
  const result = await loadResult(slug, id);
  return result!.outcomes.filter((one) => one.arm === arm);
}
