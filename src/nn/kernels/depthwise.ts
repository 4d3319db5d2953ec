import { texels } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';

/** x [batch, seq, hidden] moved along the text: row t holds what stood at t + by, zeros beyond the ends. */
export function shifted(x: Tensor, by: number): Tensor {
  const [batch = 1, seq = 1, hidden = 1] = x.shape;
  const left = Math.min(seq, Math.abs(by));
  if (left === 0) return x;
  const kept = tf.slice(x, [0, by > 0 ? left : 0, 0], [batch, seq - left, hidden]);
  return tf.pad(kept, [[0, 0], by > 0 ? [0, left] : [left, 0], [0, 0]]);
}

/** Σ of the neighbours of each token, weighed by column; back: of those whose neighbour it is. → as x. */
function weigh(gpu: Gpu, x: Sheet, weight: Tensor, seq: number, back: boolean): Sheet {
  const { layers } = gpu;
  const span = colsOf(weight);
  const half = (span - 1) / 2;
  const sheet = allocate(gpu, x.rows, x.cols);
  // As one vector: its rows need not begin at texels.
  const { flat, offset } = flatOf(gpu, weight, weight.size);
  const program = {
    key: `depthwise ${span} ${back}`,
    inputs: ['x', 'weight'],
    ints: ['seq', 'start'],
    source: () => `${outputs(layers)}
vec4 w[${span}];
float number(int n) { return FLAT(weight, start + (n >> 2))[n & 3]; }
vec4 row(int m, int x4) {
  vec4 v = vec4(0);
  int t = m - m / seq * seq;
  for (int k = 0; k < ${span}; k++) {
    int by = ${back ? `${half} - k` : `k - ${half}`};
    if (t + by >= 0 && t + by < seq) v += w[k] * AT(x, m + by, x4);
  }
  return v;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int n = at.x * ${4 * span};
  for (int k = 0; k < ${span}; k++)
    w[k] = vec4(number(n + k), number(n + k + ${span}), number(n + k + ${2 * span}), number(n + k + ${3 * span}));
  ${each(layers, (r) => `y${r} = row(at.y * ${layers} + ${r}, at.x);`)}
}`,
  };
  draw(gpu, program, [x, flat], sheet, { ints: [seq, offset] });
  return sheet;
}

/** Gradient of the weight [hidden, span] before its parts are added; whoever reads it adds up. */
function weightGradient(gpu: Gpu, dy: Sheet, x: Sheet, span: number, seq: number) {
  const { layers } = gpu;
  const half = (span - 1) / 2;
  const blocks = Math.ceil(x.cols / layers);
  const stride = blocks * layers;
  const wanted = Math.ceil(gpu.fragments / (blocks * texels(span)));
  const splits = Math.max(1, Math.min(wanted, Math.ceil(x.rows / 8)));
  const sheet = allocate(gpu, splits * stride, span);
  const across = layers / 4;
  const program = {
    key: `depthwise gradient ${span}`,
    inputs: ['dy', 'x'],
    ints: ['seq', 'rows', 'blocks', 'chunk'],
    source: () => `${outputs(layers)}
vec4 near(int m, int t, int by, int x4) {
  return by <= ${half} && t + by >= 0 && t + by < seq ? AT(x, m + by, x4) : vec4(0);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int split = at.y / blocks;
  int h = (at.y - split * blocks) * ${across};
  int by = at.x * 4 - ${half};
  ${each(layers, (i) => `vec4 v${i} = vec4(0);`)}
  int end = min((split + 1) * chunk, rows);
  for (int m = split * chunk; m < end; m++) {
    int t = m - m / seq * seq;
    ${each(
      across,
      (j) => `{
      vec4 d = AT(dy, m, h + ${j});
      int c = h + ${j};
      mat4 four = transpose(mat4(near(m, t, by, c), near(m, t, by + 1, c), near(m, t, by + 2, c), near(m, t, by + 3, c)));
      ${each(4, (i) => `v${4 * j + i} += d[${i}] * four[${i}];`)}
    }`,
    )}
  }
  ${each(layers, (i) => `y${i} = v${i};`)}
}`,
  };
  draw(gpu, program, [dy, x], sheet, { ints: [seq, x.rows, blocks, Math.ceil(x.rows / splits)] });
  return { sheet, splits, stride };
}

/** Inputs x [batch, seq, hidden] and a weight [hidden, 1, span], span odd → as x. */
export const depthwiseKernel: Kernel<undefined> = {
  reference([x, weight]) {
    const span = colsOf(weight!);
    const half = (span - 1) / 2;
    const columns = tf.reshape(weight!, [-1, span]);
    const terms = Array.from({ length: span }, (_, k) =>
      tf.mul(shifted(x!, k - half), tf.reshape(tf.slice(columns, [0, k], [-1, 1]), [-1])),
    );
    return tf.addN(terms);
  },

  forward(gpu, [x, weight]) {
    const y = weigh(gpu, sheetOf(gpu, x!), weight!, x!.shape[1]!, false);
    return { value: wrapSheet(y, x!.shape), saved: [x!, weight!] };
  },

  gradient(gpu, dy, [x, weight]) {
    const seq = x!.shape[1]!;
    const above = sheetOf(gpu, dy, colsOf(x!));
    const dx = weigh(gpu, above, weight!, seq, true);
    const { sheet, splits, stride } = weightGradient(gpu, above, sheetOf(gpu, x!), colsOf(weight!), seq);
    const part = { sheet, row: 0, col: 0, down: false, splits, stride };
    const gradients = [wrapSheet(dx, x!.shape), wrapPart(part, weight!.shape)];
    // The tensor holds it now.
    release(gpu, sheet);
    return gradients;
  },
};

const fused = fuse(depthwiseKernel);

/**
 * Each column of a text is summed over neighbours, the leftmost of them first: x [batch, seq, hidden], weight
 * [hidden, 1, span] → as x. Zeros stand beyond the ends.
 */
export const depthwise = (x: Tensor, weight: Tensor): Tensor => fused([x, weight], undefined);
