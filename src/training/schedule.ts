import { type Phased, phaseAt } from './phases.ts';

/**
 * The rate of update `step` (1 is the first): linear warm-up, a plateau, linear decay that reaches 0 with the last of
 * its phase. Vaswani et al. 2017, §5.3 warms up in the same way; Devlin et al. 2019, §A.2 decays linearly.
 */
export function learningRate(step: number, run: Phased): number {
  const { phase, before } = phaseAt(run, step);
  const { steps, schedule } = phase;
  const { learningRate: highest, warmup, decayFrom } = schedule;
  const done = step - before;
  const rise = warmup > 0 ? Math.min(1, done / warmup) : 1;
  const start = decayFrom * steps;
  const fall = decayFrom < 1 && done > start ? Math.max(0, (steps - done) / (steps - start)) : 1;
  return highest * Math.min(rise, fall);
}
