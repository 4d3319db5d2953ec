import type { OptimizerState } from './optimizer.ts';

/** A tapped value on the page, row-major. */
export interface Snapshot {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Everything needed to go on from a step as if nothing had happened; plain numbers, safe to store. */
export interface TrainerState extends OptimizerState {
  /** What the model carries from step to step, where it does. */
  readonly carried?: readonly Snapshot[];
}
