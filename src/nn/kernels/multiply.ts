import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { colsOf, sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';

function times(gpu: Gpu, a: Sheet, b: Sheet): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, a.rows, a.cols);
  const program = {
    key: 'multiply',
    inputs: ['a', 'b'],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (i) => `y${i} = BLOCK(a, at.y, ${i}, at.x) * BLOCK(b, at.y, ${i}, at.x);`)}
}`,
  };
  draw(gpu, program, [a, b], sheet);
  return sheet;
}

/** Inputs a and b of one shape → the same. */
export const multiplyKernel: Kernel<undefined> = {
  reference: ([a, b]) => tf.mul(a!, b!),
  forward(gpu, [a, b]) {
    return { value: wrapSheet(times(gpu, sheetOf(gpu, a!), sheetOf(gpu, b!)), a!.shape), saved: [a!, b!] };
  },
  gradient(gpu, dy, [a, b]) {
    const above = sheetOf(gpu, dy, colsOf(a!));
    return [b!, a!].map((other) => wrapSheet(times(gpu, above, sheetOf(gpu, other)), other.shape));
  },
};

const fused = fuse(multiplyKernel);

/** Number by number; a, b [...] → [...]. */
export const multiply = (a: Tensor, b: Tensor): Tensor => fused([a, b], undefined);
