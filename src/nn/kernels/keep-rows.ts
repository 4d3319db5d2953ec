import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { flatOf, sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';

function scaled(gpu: Gpu, x: Sheet, keep: Tensor): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, x.rows, x.cols);
  const program = {
    key: 'keep rows',
    inputs: ['x', 'keep'],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 k;
  ${each(layers / 4, (q) => `k = FLAT(keep, at.y * ${layers / 4} + ${q});\n${each(4, (r) => `y${4 * q + r} = BLOCK(x, at.y, ${4 * q + r}, at.x) * k[${r}];`)}`)}
}`,
  };
  draw(gpu, program, [x, flatOf(gpu, keep, keep.size).flat], sheet);
  return sheet;
}

/** Input x [batch, seq, width], option keep [batch, seq], 1 or 0 → x with rows of zeros where it is 0. */
export const keepRowsKernel: Kernel<{ readonly keep: Tensor }> = {
  reference: ([x], { keep }) => tf.mul(x!, tf.expandDims(keep, 2)),
  forward(gpu, [x], { keep }) {
    return { value: wrapSheet(scaled(gpu, sheetOf(gpu, x!), keep), x!.shape), saved: [keep] };
  },
  gradient: (gpu, dy, [keep]) => [wrapSheet(scaled(gpu, sheetOf(gpu, dy), keep!), dy.shape)],
};

const fused = fuse(keepRowsKernel);

/** x [batch, seq, width] with rows of zeros where keep [batch, seq] is 0. */
export const keepRows = (x: Tensor, keep: Tensor): Tensor => fused([x], { keep });
