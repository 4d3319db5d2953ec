import type { Tensor } from './tf.ts';
import * as tf from './tf.ts';

/**
 * From scores a distance to scores a key: the row of distance δ is keys − δ, so query i finds key j at queries − i + j.
 * Reading the memory with one column less a row moves each row by one more. x [batch, head, query, keys + queries] →
 * [batch, head, query, key]; the first two axes may stand the other way round. Dai et al. 2019, appendix B.
 */
export function relativeShift(x: Tensor, keys: number): Tensor {
  const [batch = 1, heads = 1, queries = 1, rows = 1] = x.shape;
  const turned = tf.slice(
    tf.reshape(x, [batch, heads, rows, queries]),
    [0, 0, 1, 0],
    [batch, heads, rows - 1, queries],
  );
  return tf.slice(tf.reshape(turned, [batch, heads, queries, rows - 1]), [0, 0, 0, 0], [batch, heads, queries, keys]);
}
