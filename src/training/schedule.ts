/** How the learning rate moves over a run of `steps` updates. */
export interface Schedule {
  /** The highest rate. */
  readonly learningRate: number;
  readonly steps: number;
  /** Updates of linear rise from 0. */
  readonly warmup: number;
  /** Share of `steps` from which on the rate falls linearly to 0; 1 = never. */
  readonly decayFrom: number;
  /** After so many updates the schedule begins anew for the rest of them; 0 or absent = never. */
  readonly restartAt?: number;
}

/**
 * The rate of update `step` (1 is the first): linear warm-up, a plateau, linear decay that reaches 0 with the last.
 * Vaswani et al. 2017, §5.3 warms up in the same way; Devlin et al. 2019, §A.2 decays linearly.
 */
export function learningRate(step: number, schedule: Schedule): number {
  const { restartAt = 0, ...whole } = schedule;
  if (restartAt === 0) return rateOf(step, whole);
  return step <= restartAt
    ? rateOf(step, { ...whole, steps: restartAt })
    : rateOf(step - restartAt, { ...whole, steps: whole.steps - restartAt });
}

function rateOf(step: number, { learningRate, steps, warmup, decayFrom }: Schedule): number {
  const rise = warmup > 0 ? Math.min(1, step / warmup) : 1;
  const start = decayFrom * steps;
  const fall = decayFrom < 1 && step > start ? Math.max(0, (steps - step) / (steps - start)) : 1;
  return learningRate * Math.min(rise, fall);
}
