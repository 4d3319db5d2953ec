import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { colsOf, sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { shifted } from './depthwise.ts';
import { fuse, type Kernel } from './kernel.ts';

/** Three rows side by side, or back the sum of the three places at which a row stands. */
function threefold(gpu: Gpu, x: Sheet, seq: number, width: number, back: boolean): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, x.rows, back ? width : 3 * width);
  const texel = back
    ? `for (int part = 0; part < 3; part++) {
    int by = part - 1;
    if (t + by >= 0 && t + by < seq) v += AT(x, m + by, part * width + x4);
  }`
    : `int part = x4 / width;
  int by = 1 - part;
  if (t + by >= 0 && t + by < seq) v = AT(x, m + by, x4 - part * width);`;
  const program = {
    key: `trigram ${back}`,
    inputs: ['x'],
    ints: ['rows', 'seq', 'width'],
    source: () => `${outputs(layers)}
vec4 row(int m, int x4) {
  vec4 v = vec4(0);
  if (m >= rows) return v;
  int t = m - m / seq * seq;
  ${texel}
  return v;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (r) => `y${r} = row(at.y * ${layers} + ${r}, at.x);`)}
}`,
  };
  draw(gpu, program, [x], sheet, { ints: [x.rows, seq, width / 4] });
  return sheet;
}

/** Input x [batch, seq, width] → [batch, seq, 3 width]. */
export const trigramKernel: Kernel<undefined> = {
  reference: ([x]) => tf.concat([shifted(x!, 1), x!, shifted(x!, -1)], 2),
  supports: (_, [x]) => colsOf(x!) % 4 === 0,
  forward(gpu, [x]) {
    const [batch = 1, seq = 1, width = 1] = x!.shape;
    return {
      value: wrapSheet(threefold(gpu, sheetOf(gpu, x!), seq, width, false), [batch, seq, 3 * width]),
      saved: [],
    };
  },
  gradient(gpu, dy) {
    const [batch = 1, seq = 1, all = 3] = dy.shape;
    return [wrapSheet(threefold(gpu, sheetOf(gpu, dy), seq, all / 3, true), [batch, seq, all / 3])];
  },
};

const fused = fuse(trigramKernel);

/**
 * What stands to the right of each token, the token, and what stands to the left, side by side; zeros beyond the ends.
 * x [batch, seq, width] → [batch, seq, 3 width].
 */
export const trigram = (x: Tensor): Tensor => fused([x], undefined);
