import type { Rng } from '../core/rng.ts';
import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

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

/** What dropout needs: the share of zeros and a stream of its own. Absent or rate 0: no dropout. */
export interface Dropout {
  readonly rate: number;
  readonly rng: Rng;
}

/** Who may be seen: keep [batch, key] 1 = real; visible [query, key] or [batch, query, key] 1 = may attend. */
export interface Mask {
  readonly keep?: Tensor;
  readonly visible?: Tensor;
}

/** Added to the score of a key that may not be seen; exp of it is exactly 0 in fp32 and it is finite, so a row never turns NaN. */
const hiddenScore = -1e9;

/** x [..., in] → [..., out], with an activation if named. */
export function linear(x: Tensor, { weight, bias }: LinearParams, activation?: Activation): Tensor {
  const [out = 1, width = 1] = weight.shape;
  let y = tf.matMul(tf.reshape(x, [-1, width]), weight as tf.Tensor2D, false, true) as Tensor;
  if (bias) y = tf.add(y, bias);
  if (activation) y = activate(y, activation);
  return tf.reshape(y, [...x.shape.slice(0, -1), out]);
}

/** Element by element. */
export function activate(x: Tensor, activation: Activation): Tensor {
  if (activation === 'relu') return tf.relu(x);
  if (activation === 'tanh') return tf.tanh(x);
  return activation === 'gelu' ? gelu(x) : geluTanh(x);
}

/** 0.5 x (1 + erf(x / √2)). Hendrycks & Gimpel 2016. */
export function gelu(x: Tensor): Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

/** 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))): ALBERT's. */
export function geluTanh(x: Tensor): Tensor {
  const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x)))));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

/** Over the last axis; x [..., width] → the same. Population variance, epsilon inside the root. */
export function layerNorm(x: Tensor, { weight, bias }: NormParams, epsilon: number): Tensor {
  const mean = tf.mean(x, -1, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.mul(centred, centred), -1, true);
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), weight), bias);
}

/** layerNorm(dropout(x) + residual): the end of every post-norm sublayer. x, residual [..., width] → the same. */
export function addNorm(x: Tensor, residual: Tensor, norm: NormParams, epsilon: number, drop?: Dropout): Tensor {
  return layerNorm(tf.add(dropout(x, drop), residual), norm, epsilon);
}

/** Zeroes a share of x and scales the rest up, by a hash of the element's place and the stream's key: the same on every backend. */
export function dropout(x: Tensor, drop?: Dropout): Tensor {
  if (!drop || drop.rate === 0) return x;
  return tf.mul(x, tf.tensor(dropoutScale(x.size, drop), x.shape));
}

/** 0 or 1 / (1 − rate) for each of n elements. */
export function dropoutScale(n: number, { rate, rng }: Dropout): Float32Array {
  const scale = new Float32Array(n);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < n; i++) {
    // Finalizer of MurmurHash3 over place and key.
    let h = Math.imul(i, 0x9e3779b1) ^ rng.key;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h = (h ^ (h >>> 16)) >>> 0;
    scale[i] = h / 4294967296 < rate ? 0 : kept;
  }
  return scale;
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
