import type { Rng } from '../../core/rng.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import { constant } from './constant.ts';

/** Keeps both logarithms of the Gumbel draw finite, as the published code does. */
const tiny = 1e-9;

/** n numbers, uniform in [0, 1), by a hash of place and stream: the same on every backend. */
export function uniform(n: number, { key }: Rng): Float32Array {
  const values = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    // Finalizer of MurmurHash3; 24 bits are all that a float32 below 1 can tell apart.
    let h = Math.imul(i, 0x9e3779b1) ^ key;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    values[i] = ((h ^ (h >>> 16)) >>> 8) / 16777216;
  }
  return values;
}

/**
 * One id a place, drawn from softmax(logits) by adding Gumbel noise and taking the largest: the ids never leave the
 * GPU.
 * Clark et al. 2020, eq. 1 and §2. logits [slots, vocab] → [slots] int32, a constant.
 */
export function sampleTokens(logits: Tensor, rng: Rng): Tensor {
  return constant(() => {
    const u = tf.tensor(uniform(logits.size, rng), logits.shape);
    const gumbel = tf.neg(tf.log(tf.add(tf.neg(tf.log(tf.add(u, tiny))), tiny)));
    return tf.argMax(tf.add(logits, gumbel), -1);
  });
}

/** Values at some places, 0 elsewhere: places, values [slots] → [n] float32; places named twice add up. */
export function spread(places: Tensor, values: Tensor, n: number): Tensor {
  return tf.scatterND(tf.reshape(places, [-1, 1]), tf.cast(values, 'float32'), [n]);
}
