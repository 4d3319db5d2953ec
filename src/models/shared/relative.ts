import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import { within, writeDistance } from './distance.ts';

/**
 * Sinusoids of the distances `keys` … 1 − `queries`, a row each → [keys + queries, hidden]. Dai et al. 2019, §3.3.
 */
export function distances(queries: number, keys: number, hidden: number, clamp: number): Tensor {
  const table = new Float32Array((keys + queries) * hidden);
  for (let row = 0; row < keys + queries; row++) writeDistance(table, row * hidden, within(keys - row, clamp), hidden);
  return tf.tensor2d(table, [keys + queries, hidden]);
}
