import type { ModelRef } from '../training/run.ts';

/** A trained model that a run may begin with or learn from. */
export interface OfferedModel {
  readonly ref: ModelRef;
  readonly name: string;
}
