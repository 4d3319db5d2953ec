import type { Stack } from '../../core/stacks.ts';
import type { Flat, Sheet } from '../gpu/layout.ts';

/** What an update of all matrices is made with. */
export interface Muon {
  readonly rate: number;
  /** Share of the running mean of the gradient that stays. */
  readonly momentum: number;
  /** Decoupled, times the learning rate. */
  readonly weightDecay: number;
  /** They stand at the beginning of the vector. */
  readonly stacks: readonly Stack[];
}

/** Coefficients of the polynomial aX + bXXᵀX + c(XXᵀ)²X. Jordan et al. 2024. */
export const quintic = [3.4445, -4.775, 2.0315] as const;
/** So many times it is applied: a singular value of any size comes near 1. */
export const iterations = 5;
/** A smaller norm counts as this. */
export const leastNorm = 1e-7;

/** A tall matrix takes larger steps. Jordan et al. 2024; `adjust_lr_fn="original"` of PyTorch. */
export const scaleOf = ({ rows, cols }: Stack): number => Math.sqrt(Math.max(1, rows / cols));

/** Flats that an update of the matrices reads; `mean` has taken the gradient in. */
export interface MuonInputs {
  readonly weights: Flat;
  readonly gradient: Flat;
  readonly mean: Flat;
  /** Of the gradient, before it is cut to `clip`; absent: it is not cut. */
  readonly norm?: Sheet | undefined;
  readonly clip: number;
}
