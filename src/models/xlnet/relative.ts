import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';

/**
 * Sinusoids of the distances `keys` … 1 − `queries`, a row each: all sines, then all cosines → [keys + queries,
 * hidden].
 * Dai et al. 2019, §3.3. Angles are rounded to float32 first, as the reference computes them.
 */
export function distances(queries: number, keys: number, hidden: number, clamp: number): Tensor {
  const half = Math.ceil(hidden / 2);
  const table = new Float32Array((keys + queries) * hidden);
  for (let row = 0; row < keys + queries; row++) {
    const far = keys - row;
    const distance = clamp > 0 ? Math.max(-clamp, Math.min(clamp, far)) : far;
    for (let c = 0; c < hidden; c++) {
      const angle = Math.fround(distance * Math.fround(1 / 10000 ** ((2 * (c % half)) / hidden)));
      table[row * hidden + c] = c < half ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return tf.tensor2d(table, [keys + queries, hidden]);
}
