import type { OptimizerSettings } from './optimizer.ts';
import { type Phased, phaseAt } from './phases.ts';
import type { Run } from './run.ts';

/**
 * The share of its highest rate that update `step` (1 is the first) is made with: linear warm-up, a plateau, linear
 * decay that reaches 0 with the last of its phase. Vaswani et al. 2017, §5.3 warms up in the same way; Devlin et al.
 * 2019, §A.2 decays linearly.
 */
export function shareOfRate(step: number, run: Phased): number {
  const { phase, before } = phaseAt(run, step);
  const { steps, schedule } = phase;
  const { warmup, decayFrom } = schedule;
  const done = step - before;
  const rise = warmup > 0 ? Math.min(1, done / warmup) : 1;
  const start = decayFrom * steps;
  const fall = decayFrom < 1 && done > start ? Math.max(0, (steps - done) / (steps - start)) : 1;
  return Math.min(rise, fall);
}

/** The rate of update `step`. */
export const learningRate = (step: number, run: Phased): number =>
  phaseAt(run, step).phase.schedule.learningRate * shareOfRate(step, run);

type MuonSettings = NonNullable<OptimizerSettings['muon']>;

/** How Muon moves the maps of a run, but for those whose names begin with one of `except`; undefined without it. */
export function muonOf(
  run: Run,
  except: readonly string[] = [],
): Required<Pick<MuonSettings, 'rate' | 'moves'>> | undefined {
  const { optimizer, muonRate } = run.training;
  if (optimizer !== 'muon') return undefined;
  return {
    rate: (step) => muonRate * shareOfRate(step, run),
    moves: (name) => !except.some((begin) => name.startsWith(begin)),
  };
}
