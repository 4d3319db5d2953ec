import type { Experiment, Result } from '../training/experiment.ts';
import type { RunConfig } from '../training/protocol.ts';
import { experimentOf, listExperiments, loadResult } from './experiments.ts';
import { encodeRun } from './run-address.ts';

/** A run that was made before to its end: settings under which a toy is known to learn. */
export interface StoredRun {
  readonly title: string;
  readonly run: RunConfig;
  /** What became of it: fetched when somebody looks. */
  readonly load: () => Promise<Result | undefined>;
}

/** Experiments of one run; those of several compare and belong to their lesson. */
function single(slug: string, { id, title, base, arms, seeds }: Experiment): readonly StoredRun[] {
  const [[arm, ...otherArms], [seed, ...otherSeeds]] = [arms, seeds];
  if (!arm || seed === undefined || otherArms.length + otherSeeds.length > 0) return [];
  const run = { ...base, ...arm.change, seed };
  return [{ title: `${arm.label}: ${title}`, run, load: () => loadResult(slug, id) }];
}

/** All stored runs, in the order of the lessons. */
export const storedRuns: readonly StoredRun[] = listExperiments().flatMap(({ slug, id }) => {
  const experiment = experimentOf(slug, id);
  return experiment ? single(slug, experiment) : [];
});

/** Whether two runs have one address, so that they give the same numbers. */
export const isSameRun = (a: RunConfig, b: RunConfig): boolean => encodeRun(a).toString() === encodeRun(b).toString();
