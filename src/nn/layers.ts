import type { Gpu } from './gpu/gpu.ts';
import { inOneFlat } from './gpu/tensors.ts';
import { attend, fusedAttention, joinHeads, type Mask, splitHeads } from './kernels/attention.ts';
import {
  type DisentangledOptions,
  fusedDisentangledAttention,
  plainDisentangledAttention,
} from './kernels/disentangled-attention.ts';
import type { Dropout } from './kernels/dropout.ts';
import { fusedEmbedding } from './kernels/embedding.ts';
import { fusedGatherRows } from './kernels/gather-rows.ts';
import { gelu, geluTanh } from './kernels/gelu.ts';
import { fusedOn } from './kernels/kernel.ts';
import { fusedLayerNorm } from './kernels/layer-norm.ts';
import { fusedLinear } from './kernels/linear.ts';
import { fusedRelativeAttention, plainRelativeAttention } from './kernels/relative-attention.ts';
import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

export { attend, joinHeads, type Mask, maskBias, splitHeads } from './kernels/attention.ts';
export { type CutOptions, fusedCutHeads as cutHeads } from './kernels/cut-heads.ts';
export { scoreTerms, type TermName, type Terms } from './kernels/disentangled-attention.ts';
export { type Dropout, dropout, dropoutScale } from './kernels/dropout.ts';
export { gelu, geluTanh } from './kernels/gelu.ts';
export { keepRows } from './kernels/keep-rows.ts';
export { putRows, takeRows } from './kernels/map-rows.ts';
export { neighbours } from './kernels/neighbours.ts';
export { project } from './kernels/project.ts';

/** weight [out, in], bias [out], as PyTorch keeps them. */
export interface LinearParams {
  readonly weight: Tensor;
  readonly bias?: Tensor;
}
/** Gain and shift, each [width]. */
export interface NormParams {
  readonly weight: Tensor;
  readonly bias: Tensor;
}
/** Hugging Face's names: `gelu` is the exact one (erf), `gelu_new` the tanh form. */
export type Activation = 'gelu' | 'gelu_new' | 'relu' | 'tanh';

/** x [..., in] → [..., out], with an activation if named. */
export function linear(x: Tensor, { weight, bias }: LinearParams, activation?: Activation): Tensor {
  const within = activation === 'relu' || activation === 'tanh' ? activation : 'none';
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const y = fusedLinear(inputs, { parts: 1, bias: bias !== undefined, activation: within });
  return activation && within === 'none' ? activate(y, activation) : y;
}

/** Element by element. */
export function activate(x: Tensor, activation: Activation): Tensor {
  if (activation === 'relu') return tf.relu(x);
  if (activation === 'tanh') return tf.tanh(x);
  return activation === 'gelu' ? gelu(x) : geluTanh(x);
}

/** Over the last axis; x [..., width] → the same. Population variance, epsilon inside the root. */
export function layerNorm(x: Tensor, { weight, bias }: NormParams, epsilon: number): Tensor {
  return fusedLayerNorm([x, weight, bias], { epsilon, residual: false });
}

/** layerNorm(dropout(x) + residual): the end of every post-norm sublayer. x, residual [..., width] → the same. */
export function addNorm(x: Tensor, residual: Tensor, norm: NormParams, epsilon: number, drop?: Dropout): Tensor {
  const inputs = [x, residual, norm.weight, norm.bias];
  return fusedLayerNorm(inputs, { epsilon, residual: true, drop });
}

/** A table [rows, width] and what is looked up in it: ids [...]. */
export interface LookUp {
  readonly table: Tensor;
  readonly ids: Tensor;
  /** The padding token's row: looking it up moves nothing, as PyTorch's `padding_idx`. */
  readonly still?: number;
}

/** → [..., width]. */
export function embed(table: Tensor, ids: Tensor, still?: number): Tensor {
  return embedSum([{ table, ids, ...(still !== undefined && { still }) }]);
}

/** Sum of several look-ups at the same places, times `scale`: ids each [batch, seq] → [batch, seq, width]. */
export function embedSum(parts: readonly LookUp[], scale?: number): Tensor {
  return fusedEmbedding(
    parts.map(({ table }) => table),
    { ids: parts.map(({ ids }) => ids), still: parts.map(({ still }) => still), scale },
  );
}

/** Rows of x [rows, width] by number: rows [n] → [n, width]. */
export function gatherRows(x: Tensor, rows: Tensor): Tensor {
  return fusedGatherRows([x], { rows });
}

/** Projections of one attention. */
export interface AttentionParams {
  readonly query: LinearParams;
  readonly key: LinearParams;
  readonly value: LinearParams;
}

export interface AttentionOptions {
  readonly heads: number;
  readonly mask: Mask;
  readonly dropout?: Dropout;
  /** Receives the probabilities [batch, head, query, key]; asking for them takes the plain path. */
  readonly tap?: (probabilities: Tensor) => void;
}

/**
 * Scaled dot-product attention of several heads, before the output projection. Vaswani et al. 2017, eq. 1.
 * x [batch, query, hidden], memory [batch, key, hidden] (absent: x itself) → [batch, query, hidden].
 */
export function attention(x: Tensor, params: AttentionParams, options: AttentionOptions, memory: Tensor = x): Tensor {
  const { query, key, value } = params;
  if (!options.tap && memory === x) return fusedAttention(linears(x, [query, key, value]), options);
  return attentionOf(linear(x, query), params, options, memory);
}

/** The same for queries that are there already: q [batch, query, hidden], memory [batch, key, …] → as q. */
export function attentionOf(
  q: Tensor,
  { key, value }: Omit<AttentionParams, 'query'>,
  options: AttentionOptions,
  memory: Tensor,
): Tensor {
  return options.tap
    ? attentionFrom([q, linear(memory, key), linear(memory, value)], options)
    : fusedAttention([q, ...linears(memory, [key, value])], options);
}

/** The same for queries, keys and values that are there already, [batch, query, hidden] and [batch, key, hidden]. */
export function attentionFrom(
  projected: readonly [q: Tensor, k: Tensor, v: Tensor],
  options: AttentionOptions,
): Tensor {
  const { heads, mask, dropout: drop, tap } = options;
  if (!tap) return fusedAttention(projected, options);
  const [q, k, v] = projected.map((y) => splitHeads(y, heads));
  const width = q!.shape[3] ?? 1;
  const scores = tf.mul(tf.matMul(q!, k!, false, true), 1 / Math.sqrt(width));
  return joinHeads(attend(scores, v!, mask, drop, tap));
}

/** Whether one product can do for several projections: their weights, and their biases, lie in one vector. */
function sideBySide(gpu: Gpu, projections: readonly LinearParams[]): boolean {
  const biases = projections.flatMap(({ bias }) => bias ?? []);
  const shapes = new Set(projections.map(({ weight }) => weight.shape.join()));
  return (
    shapes.size === 1 &&
    (biases.length === projections.length || biases.length === 0) &&
    inOneFlat(gpu, biases) &&
    inOneFlat(
      gpu,
      projections.map(({ weight }) => weight),
    )
  );
}

/** Several maps of x [..., in], side by side [..., maps · out] where one product can do for them, else one each. */
export function linears(x: Tensor, maps: readonly LinearParams[]): readonly Tensor[] {
  const gpu = fusedOn();
  if (!gpu || !sideBySide(gpu, maps)) return maps.map((map) => linear(x, map));
  const biases = maps.flatMap(({ bias }) => bias ?? []);
  const inputs = [x, ...maps.map(({ weight }) => weight), ...biases];
  return [fusedLinear(inputs, { parts: maps.length, bias: biases.length > 0, activation: 'none' })];
}

/** What attention by distance is computed from. */
export interface RelativeInputs {
  /** [batch, query, hidden], [batch, key, hidden] and [batch, key, hidden]. */
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  /** Projected distances [key + query, hidden], the farthest first. */
  readonly places: Tensor;
  /** What a query is shifted by before it meets contents and distances, each [head, width]. */
  readonly contentShift: Tensor;
  readonly distanceShift: Tensor;
  /**
   * The shift before it meets segments, their vectors [2, head, width] (the same, another), and where they differ
   * [batch, query, key].
   */
  readonly segments?: { readonly shift: Tensor; readonly kinds: Tensor; readonly other: Tensor };
}

/**
 * Attention by content, distance and segment, before the output projection. Dai et al. 2019, §3.3; Yang et al. 2019,
 * §2.5. → [batch, query, hidden].
 */
export function relativeAttention(given: RelativeInputs, options: AttentionOptions): Tensor {
  const { q, k, v, places, contentShift, distanceShift, segments } = given;
  const { tap, ...rest } = options;
  const inputs = [q, k, v, places, contentShift, distanceShift, ...(segments ? [segments.shift, segments.kinds] : [])];
  const chosen = { ...rest, other: segments?.other };
  return tap ? plainRelativeAttention(inputs, chosen, tap) : fusedRelativeAttention(inputs, chosen);
}

/**
 * Attention whose scores are sums of terms, before the output projection: q, k and v as `linears` or `cutHeads` give
 * them, then the projected distances of each term that asks for them [2 · seq, hidden], the farthest first. He et al.
 * 2021, eq. 4. → [batch, seq, hidden].
 */
export function disentangledAttention(
  inputs: readonly Tensor[],
  options: DisentangledOptions,
  tap?: (probabilities: Tensor) => void,
): Tensor {
  return tap ? plainDisentangledAttention(inputs, options, tap) : fusedDisentangledAttention(inputs, options);
}
