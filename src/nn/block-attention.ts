import { fusedBlockAttention } from './kernels/block-attention.ts';
import type { BlockPlan } from './kernels/block-plan.ts';
import { plainBlockAttention } from './kernels/block-reference.ts';
import { fusedOn } from './kernels/kernel.ts';
import { type AttentionParams, linear, linears } from './layers.ts';
import type { Tensor } from './tf.ts';

export type { BlockPlan, Tile } from './kernels/block-plan.ts';

export interface BlockAttentionOptions {
  readonly plan: BlockPlan;
  /** [batch, seq], 1 = real. */
  readonly keep: Tensor;
  /** Receives the probabilities [batch, head, query, key]; asking for them takes the plain path. */
  readonly tap?: (probabilities: Tensor) => void;
}

/**
 * Scaled dot-product attention of several heads in which blocks of queries read the blocks of keys of a plan, before
 * the output projection; 0 where a query is padding. Zaheer et al. 2020, §2. x [batch, seq, hidden] → the same.
 */
export function blockAttention(x: Tensor, params: AttentionParams, options: BlockAttentionOptions): Tensor {
  const { plan, keep, tap } = options;
  const gpu = tap ? undefined : fusedOn();
  if (gpu) return fusedBlockAttention(linears(x, [params.query, params.key, params.value]), { plan, keep });
  const { query, key, value } = params;
  return plainBlockAttention([linear(x, query), linear(x, key), linear(x, value)], plan, keep, tap);
}
