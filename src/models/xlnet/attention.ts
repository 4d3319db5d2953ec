import type { TreeOf } from '../../core/params.ts';
import { attend, type Dropout, joinHeads, linear, splitHeads } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import { relativeShift } from './relative.ts';
import type { XlnetParts } from './spec.ts';

type Weights = TreeOf<XlnetParts['model']['transformer']['layer'][number]['rel_attn'], Tensor>;

/** x [..., hidden] by a raw parameter [hidden, head, width] → [..., hidden]. */
const project = (x: Tensor, weight: Tensor) =>
  linear(x, { weight: tf.transpose(tf.reshape(weight, [weight.shape[0]!, -1])) });

/** What both streams look at in one layer. */
export interface Seen {
  /** [batch, head, key, width] */
  readonly keys: Tensor;
  /** [batch, head, key, width] */
  readonly values: Tensor;
  /** [1, head, key + query, width] */
  readonly places: Tensor;
  /** [batch, 1, query, key], 1 where the segments differ. */
  readonly other: Tensor;
}

/** Keys and values of a layer, from its memory and content: content [batch, key, hidden], places [key + query, hidden]. */
export function look(content: Tensor, places: Tensor, weights: Weights, heads: number, other: Tensor): Seen {
  return {
    keys: splitHeads(project(content, weights.k), heads),
    values: splitHeads(project(content, weights.v), heads),
    places: splitHeads(tf.expandDims(project(places, weights.r), 0), heads),
    other,
  };
}

export interface RelativeOptions {
  readonly heads: number;
  /** [batch, query, key], 1 = may attend. */
  readonly visible: Tensor;
  readonly dropout?: Dropout;
  readonly tap?: (probabilities: Tensor) => void;
}

/** Queries of a stream, before the heads part: x [batch, query, hidden] → the same. */
export const ask = (x: Tensor, weights: Weights) => project(x, weights.q);

/**
 * Attention by content, by distance and by whether the segments are the same, before the output projection.
 * Dai et al. 2019, §3.3; Yang et al. 2019, §2.5. q [batch, query, hidden] → [batch, query, hidden].
 */
export function relativeAttention(q: Tensor, weights: Weights, seen: Seen, options: RelativeOptions): Tensor {
  const { keys, values, places, other } = seen;
  const asked = splitHeads(q, options.heads); // [batch, head, query, width]
  const [, heads = 1, , width = 1] = asked.shape;
  const shifted = (bias: Tensor) => tf.add(asked, tf.reshape(bias, [1, heads, 1, width]));

  const content = tf.matMul(shifted(weights.r_w_bias), keys, false, true);
  const [batch = 1] = q.shape;
  const everywhere = tf.tile(places, [batch, 1, 1, 1]);
  const byDistance = tf.matMul(shifted(weights.r_r_bias), everywhere, false, true); // [batch, head, query, key + query]
  const position = relativeShift(byDistance, keys.shape[2]!);
  const kinds = tf.transpose(weights.seg_embed, [1, 0, 2]); // [head, 2, width]
  const kind = tf.matMul(shifted(weights.r_s_bias), tf.tile(tf.expandDims(kinds, 0), [batch, 1, 1, 1]), false, true);
  const [same, different] = tf.split(kind, 2, -1) as [Tensor, Tensor]; // each [batch, head, query, 1]
  const segment = tf.add(same, tf.mul(other, tf.sub(different, same)));

  const scores = tf.mul(tf.add(tf.add(content, position), segment), 1 / Math.sqrt(width));
  return joinHeads(attend(scores, values, { visible: options.visible }, options.dropout, options.tap));
}

/** The output projection: x [batch, query, hidden] → the same. */
export const gatherUp = (x: Tensor, { o }: Weights) => linear(x, { weight: tf.reshape(o, [o.shape[0]!, -1]) });
