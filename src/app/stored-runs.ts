import { type Experiment, type Result, runOf } from '../training/experiment.ts';
import type { Run } from '../training/run.ts';
import { keyOf } from '../training/settings.ts';
import { experimentOf, listExperiments, loadResult } from './experiments.ts';

/** A run that was made before to its end: settings under which a toy is known to learn. */
export interface StoredRun {
  readonly title: string;
  readonly run: Run;
  /** What became of it: fetched when somebody looks. */
  readonly load: () => Promise<Result | undefined>;
}

/** Experiments of one recipe, at its first seed; those of several compare and belong to their lesson. */
function single(slug: string, experiment: Experiment): readonly StoredRun[] {
  const { id, title } = experiment;
  const [[arm, ...otherArms], [seed]] = [experiment.arms, experiment.seeds];
  if (!arm || seed === undefined || otherArms.length > 0) return [];
  return [{ title: `${arm.label}: ${title}`, run: runOf(experiment, arm, seed), load: () => loadResult(slug, id) }];
}

/** All stored runs, in the order of the lessons. */
export const storedRuns: readonly StoredRun[] = listExperiments().flatMap(({ slug, id }) => {
  const experiment = experimentOf(slug, id);
  return experiment ? single(slug, experiment) : [];
});

/** Whether two runs give the same numbers. */
export const isSameRun = (a: Run, b: Run): boolean => keyOf(a) === keyOf(b);
