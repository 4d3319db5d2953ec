import type { TreeOf } from '../../core/params.ts';
import { type Dropout, linear, project, relativeAttention } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { XlnetParts } from './spec.ts';

type Weights = TreeOf<XlnetParts['model']['transformer']['layer'][number]['rel_attn'], Tensor>;

/** x [..., hidden] by a raw parameter [hidden, head, width] → [..., hidden]. */
const byRaw = (x: Tensor, weight: Tensor) => project(x, tf.reshape(weight, [weight.shape[0]!, -1]));

/** What both streams look at in one layer. */
export interface Seen {
  /** [batch, key, hidden] */
  readonly keys: Tensor;
  /** [batch, key, hidden] */
  readonly values: Tensor;
  /** [key + query, hidden] */
  readonly places: Tensor;
  /** [batch, 1, query, key], 1 where the segments differ. */
  readonly other: Tensor;
}

/**
 * Keys and values of a layer, from its memory and content: content [batch, key, hidden], places [key + query,
 * hidden].
 */
export function look(content: Tensor, places: Tensor, weights: Weights, other: Tensor): Seen {
  return {
    keys: byRaw(content, weights.k),
    values: byRaw(content, weights.v),
    places: byRaw(places, weights.r),
    other,
  };
}

export interface SeenOptions {
  readonly heads: number;
  /** [batch, query, key], 1 = may attend. */
  readonly visible: Tensor;
  readonly dropout?: Dropout;
  readonly tap?: (probabilities: Tensor) => void;
}

/** Queries of a stream, before the heads part: x [batch, query, hidden] → the same. */
export const ask = (x: Tensor, weights: Weights) => byRaw(x, weights.q);

/** What a stream's queries [batch, query, hidden] find, before the output projection → the same. */
export function find(q: Tensor, weights: Weights, seen: Seen, { visible, ...rest }: SeenOptions): Tensor {
  const { keys, values, places, other } = seen;
  const given = {
    q,
    k: keys,
    v: values,
    places,
    contentShift: weights.r_w_bias,
    distanceShift: weights.r_r_bias,
    segments: { shift: weights.r_s_bias, kinds: weights.seg_embed, other },
  };
  return relativeAttention(given, { ...rest, mask: { visible } });
}

/** The output projection: x [batch, query, hidden] → the same. */
export const gatherUp = (x: Tensor, { o }: Weights) => linear(x, { weight: tf.reshape(o, [o.shape[0]!, -1]) });
