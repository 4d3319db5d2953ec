import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { sheetOf, valuesOf } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';

/** Keeps a mean over nothing at 0 instead of NaN. */
export const tiny = 1e-9;

/** Σ w·ℓ / Σ w; 0 when all weights are 0. losses, weights [n] → scalar. */
export function weightedMean(losses: Tensor, weights: Tensor): Tensor {
  return tf.div(tf.sum(tf.mul(losses, weights)), tf.maximum(tf.sum(weights), tiny));
}

/**
 * Loss per row × weight in column 1 and the weight in column 2 → [1, 1]: the mean, and beside it 1 / Σ w for the
 * gradient.
 */
export function meanOf(gpu: Gpu, rows: Sheet): Sheet {
  const sheet = allocate(gpu, 1, 1);
  const program = {
    key: `mean loss ${rows.rows}`,
    inputs: ['losses'],
    source: () => `${outputs(gpu.layers)}
void main() {
  ${each(gpu.layers, (i) => `y${i} = vec4(0);`)}
  vec4 v = vec4(0);
  for (int row = 0; row < ${rows.rows}; row++) v += AT(losses, row, 0);
  float share = 1.0 / max(v.z, ${tiny});
  y0 = vec4(v.y * share, share, 0, 0);
}`,
  };
  draw(gpu, program, [rows], sheet);
  return sheet;
}

/**
 * The gradient that reaches a loss, for a program: a uniform if the CPU knows it, else a sampler; `incoming` in GLSL.
 */
export function incoming(gpu: Gpu, dy: Tensor): { inputs: readonly Sheet[]; names: readonly string[]; scale: number } {
  const known = valuesOf(dy)?.[0];
  return known === undefined
    ? { inputs: [sheetOf(gpu, dy)], names: ['above'], scale: 1 }
    : { inputs: [], names: [], scale: known };
}

/** GLSL of what a row's gradient is multiplied by, before its weight. */
export const incomingSource = (names: readonly string[]): string =>
  `scale * BLOCK(mean, 0, 0, 0).y${names.length > 0 ? ' * BLOCK(above, 0, 0, 0).x' : ''}`;
