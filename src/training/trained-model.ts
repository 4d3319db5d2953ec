import { AppError } from '../core/errors.ts';
import type { AnyBlueprint } from '../models/architecture.ts';

/** A model that was trained before. */
export interface Trained {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** What a trained model is for. */
export type Use = 'start' | 'teacher';

export const unfit = (what: string, field: string): AppError =>
  new AppError(
    'bad-option',
    `The trained model that is asked for does not fit this run (${what}). Give both the same text, or choose another one.`,
    field,
  );
