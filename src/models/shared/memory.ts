import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';

/**
 * What the next call remembers: the last `most` steps (0: all) of what was remembered and, behind it, x [batch, seq,
 * hidden] → [memory, batch, hidden]. Dai et al. 2019, §3.2.
 */
export function remember(x: Tensor, before: Tensor | undefined, most: number): Tensor {
  const [batch = 1, , hidden = 1] = x.shape;
  const steps = tf.transpose(x, [1, 0, 2]);
  const all: Tensor = before ? tf.concat([before, steps], 0) : steps;
  const length = all.shape[0] ?? 0;
  const kept = most > 0 ? Math.min(most, length) : length;
  return tf.slice(all, [length - kept, 0, 0], [kept, batch, hidden]);
}

/** What is remembered [memory, batch, hidden] in front of x [batch, seq, hidden] → [batch, key, hidden]. */
export const inSight = (x: Tensor, before: Tensor | undefined): Tensor =>
  before ? tf.concat([tf.transpose(before, [1, 0, 2]), x], 1) : x;
