import { type Dropout, dropout } from './kernels/dropout.ts';
import { gelu, geluTanh } from './kernels/gelu.ts';
import { fusedLayerNorm } from './kernels/layer-norm.ts';
import { fusedLinear } from './kernels/linear.ts';
import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

export { type Dropout, dropout, dropoutScale } from './kernels/dropout.ts';
export { gelu, geluTanh } from './kernels/gelu.ts';

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

/** Who may be seen: keep [batch, key] 1 = real; visible [query, key] or [batch, query, key] 1 = may attend. */
export interface Mask {
  readonly keep?: Tensor;
  readonly visible?: Tensor;
}

/** Added to the score of a key that may not be seen; exp of it is exactly 0 in fp32 and it is finite, so a row never turns NaN. */
const hiddenScore = -1e9;

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
  return fusedLayerNorm(inputs, drop ? { epsilon, residual: true, drop } : { epsilon, residual: true });
}

/** table [rows, width], ids [...] → [..., width]. */
export function embed(table: Tensor, ids: Tensor): Tensor {
  return tf.gather(table, ids as tf.Tensor1D);
}

/** Sum of several look-ups at the same places: ids each [batch, seq] → [batch, seq, width]. */
export function embedSum(parts: readonly { readonly table: Tensor; readonly ids: Tensor }[]): Tensor {
  return parts.map(({ table, ids }) => embed(table, ids)).reduce((sum, x) => tf.add(sum, x));
}

/** Rows of x [rows, width] by number: rows [n] → [n, width]. */
export function gatherRows(x: Tensor, rows: Tensor): Tensor {
  return tf.gather(x, rows as tf.Tensor1D);
}

/** [batch, seq, hidden] → [batch, head, seq, width]; head a owns columns a·width … . */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch = 1, seq = 1, hidden = 1] = x.shape;
  return tf.transpose(tf.reshape(x, [batch, seq, heads, hidden / heads]), [0, 2, 1, 3]);
}

/** [batch, head, seq, width] → [batch, seq, hidden]. */
export function joinHeads(x: Tensor): Tensor {
  const [batch = 1, heads = 1, seq = 1, width = 1] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch, seq, heads * width]);
}

/** The mask as a term of the scores: [batch | 1, 1, query | 1, key]. */
export function maskBias({ keep, visible }: Mask): Tensor | undefined {
  const terms: Tensor[] = [];
  if (keep) terms.push(tf.reshape(keep, [keep.shape[0]!, 1, 1, keep.shape[1]!]));
  if (visible) {
    const [rows = 1, columns = 1] = visible.shape.slice(-2);
    terms.push(tf.reshape(visible, [visible.rank === 3 ? visible.shape[0]! : 1, 1, rows, columns]));
  }
  if (terms.length === 0) return undefined;
  // One term where anything hides it, never a sum of two.
  return tf.mul(
    tf.sub(
      1,
      terms.reduce((a, b) => tf.mul(a, b)),
    ),
    hiddenScore,
  );
}

/** Softmax of scores and its product with the values: scores [batch, head, query, key], values [batch, head, key, width]. */
export function attend(
  scores: Tensor,
  values: Tensor,
  mask: Mask,
  drop?: Dropout,
  tap?: (probabilities: Tensor) => void,
): Tensor {
  const bias = maskBias(mask);
  const probabilities = tf.softmax(bias ? tf.add(scores, bias) : scores);
  tap?.(probabilities);
  return tf.matMul(dropout(probabilities, drop), values);
}

/** Projections of one attention block. */
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
  const { heads, mask } = options;
  const q = splitHeads(linear(x, params.query), heads);
  const k = splitHeads(linear(memory, params.key), heads);
  const v = splitHeads(linear(memory, params.value), heads);
  const width = q.shape[3] ?? 1;
  const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(width));
  return joinHeads(attend(scores, v, mask, options.dropout, options.tap));
}
