import type { Outcome, Result } from '../training/experiment.ts';
import type { RunConfig } from '../training/protocol.ts';
import { type FoundExperiment, listExperiments, loadExperiment } from './experiments.ts';
import { encodeRun } from './run-address.ts';

/** A run that was made before to its end: settings under which a toy is known to learn. */
export interface StoredRun {
  readonly title: string;
  readonly run: RunConfig;
  /** What became of it, once it was made. */
  readonly result?: Pick<Result, 'device' | 'command'> & { readonly outcome: Outcome };
}

/** Experiments of one run; those of several compare and belong to their lesson. */
function single({ experiment, result }: FoundExperiment): readonly StoredRun[] {
  const [[arm, ...arms], [seed, ...seeds]] = [experiment.arms, experiment.seeds];
  if (!arm || seed === undefined || arms.length + seeds.length > 0) return [];
  const [outcome] = result?.outcomes ?? [];
  return [
    {
      title: `${arm.label}: ${experiment.title}`,
      run: { ...experiment.base, ...arm.change, seed },
      ...(result && outcome ? { result: { device: result.device, command: result.command, outcome } } : {}),
    },
  ];
}

/** All stored runs, in the order of the lessons. */
export async function loadStoredRuns(): Promise<readonly StoredRun[]> {
  const found = await Promise.all(listExperiments().map(({ slug, id }) => loadExperiment(slug, id)));
  return found.flatMap((one) => (one ? single(one) : []));
}

/** Whether two runs have one address, so that they give the same numbers. */
export const isSameRun = (a: RunConfig, b: RunConfig): boolean => encodeRun(a).toString() === encodeRun(b).toString();
