import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';

/**
 * Input x [batch, seq, width], option reach → [batch, seq, width · (2 · reach + 1)]: every token beside its neighbours,
 * zeros beyond the ends. Column c · (2 · reach + 1) + t is column c of the token `t − reach` further, so that a
 * convolution is a linear map by the weight that PyTorch keeps [out, width, 2 · reach + 1].
 */
export const neighboursKernel: Kernel<{ readonly reach: number }> = {
  reference([x], { reach }) {
    const [batch = 1, seq = 1, width = 1] = x!.shape;
    const padded = tf.pad(x!, [
      [0, 0],
      [reach, reach],
      [0, 0],
    ]);
    const taps = Array.from({ length: 2 * reach + 1 }, (_, t) => tf.slice(padded, [0, t, 0], [batch, seq, width]));
    return tf.reshape(tf.stack(taps, 3), [batch, seq, width * taps.length]);
  },

  forward(gpu, [x], { reach }) {
    const { layers } = gpu;
    const [batch = 1, seq = 1, width = 1] = x!.shape;
    const span = 2 * reach + 1;
    const sheet = allocate(gpu, batch * seq, width * span);
    const program = {
      key: `neighbours ${batch} ${seq} ${width} ${reach}`,
      inputs: ['x'],
      source: () => `${outputs(layers)}
float one(int m, int col) {
  int c = col / ${span};
  int i = m % ${seq} + col - c * ${span} - ${reach};
  if (m >= ${batch * seq} || c >= ${width} || i < 0 || i >= ${seq}) return 0.0;
  return AT(x, m - m % ${seq} + i, c >> 2)[c & 3];
}
vec4 row(int m, int col) { return vec4(one(m, col), one(m, col + 1), one(m, col + 2), one(m, col + 3)); }
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = row(at.y * ${layers} + ${r}, at.x * 4);`)}
}`,
    };
    draw(gpu, program, [sheetOf(gpu, x!)], sheet);
    return { value: wrapSheet(sheet, [batch, seq, width * span]), saved: [x!] };
  },

  gradient(gpu, dy, [x], { reach }) {
    const { layers } = gpu;
    const [batch = 1, seq = 1, width = 1] = x!.shape;
    const span = 2 * reach + 1;
    const sheet = allocate(gpu, batch * seq, width);
    const program = {
      key: `neighbours back ${batch} ${seq} ${width} ${reach}`,
      inputs: ['dy'],
      source: () => `${outputs(layers)}
float one(int m, int c) {
  float v = 0.0;
  if (m >= ${batch * seq} || c >= ${width}) return v;
  for (int t = 0; t < ${span}; t++) {
    int i = m % ${seq} + ${reach} - t;
    int col = c * ${span} + t;
    if (i >= 0 && i < ${seq}) v += AT(dy, m - m % ${seq} + i, col >> 2)[col & 3];
  }
  return v;
}
vec4 row(int m, int c) { return vec4(one(m, c), one(m, c + 1), one(m, c + 2), one(m, c + 3)); }
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = row(at.y * ${layers} + ${r}, at.x * 4);`)}
}`,
    };
    draw(gpu, program, [sheetOf(gpu, dy)], sheet);
    return [wrapSheet(sheet, x!.shape)];
  },
};

const fused = fuse(neighboursKernel);

/** x [batch, seq, width] → every token beside its neighbours: [batch, seq, width · (2 · reach + 1)]. */
export const neighbours = (x: Tensor, reach: number): Tensor => fused([x], { reach });
