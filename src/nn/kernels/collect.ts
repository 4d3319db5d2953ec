import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fusedOn } from './kernel.ts';

/** Scalars as one vector, for a single reading; no gradient passes. */
export function collect(scalars: readonly Tensor[]): Tensor {
  const gpu = fusedOn();
  if (!gpu || scalars.length > 15) return tf.stack([...scalars]);
  const { layers } = gpu;
  const sheet = allocate(gpu, 1, scalars.length);
  const program = {
    key: `collect ${scalars.length}`,
    inputs: scalars.map((_, i) => `s${i}`),
    source: () => `${outputs(layers)}
void main() {
  int x = int(gl_FragCoord.x);
  vec4 v = vec4(0);
  ${each(scalars.length, (i) => `if (x == ${i >> 2}) v[${i & 3}] = BLOCK(s${i}, 0, 0, 0).x;`)}
  ${each(layers, (r) => `y${r} = ${r === 0 ? 'v' : 'vec4(0)'};`)}
}`,
  };
  const sheets = scalars.map((scalar) => sheetOf(gpu, scalar));
  draw(gpu, program, sheets, sheet);
  return wrapSheet(sheet, [scalars.length]);
}
