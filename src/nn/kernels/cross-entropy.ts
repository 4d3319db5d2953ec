import { texels } from '../../core/textures.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { fuse, type Kernel } from './kernel.ts';
import { incoming, incomingSource, meanOf, weightedMean } from './mean-loss.ts';

export interface Targets {
  /** [n] */
  readonly labels: Tensor;
  /** [n] */
  readonly weights: Tensor;
}

const number = 'float number(sampler2D numbers, int start, int i) { return FLAT(numbers, start + (i >> 2))[i & 3]; }';

/** Input logits [n, classes] → scalar: the mean negative log-likelihood. */
export const crossEntropyKernel: Kernel<Targets> = {
  reference([logits], { labels, weights }) {
    const hot = tf.oneHot(tf.cast(labels, 'int32') as tf.Tensor1D, colsOf(logits!));
    return weightedMean(tf.neg(tf.sum(tf.mul(hot, tf.logSoftmax(logits!)), -1)), weights);
  },

  forward(gpu, [logits], { labels, weights }) {
    const { layers } = gpu;
    const x = sheetOf(gpu, logits!);
    const [label, weight] = [flatOf(gpu, labels), flatOf(gpu, weights)];
    const last = texels(x.cols) - 1;
    const rows = allocate(gpu, x.rows, 4);
    // Logarithm of the sum of exponentials, loss times weight, weight.
    const program = {
      key: `cross entropy ${x.rows} ${x.cols}`,
      inputs: ['logits', 'label', 'weight'],
      source: () => `${outputs(layers)}
${number}
vec4 lane(vec4 v, int x) {
  ${x.cols % 4 === 0 ? 'return v;' : `return x == ${last} ? mix(vec4(-3e38), v, lessThan(ivec4(0, 1, 2, 3), ivec4(${x.cols - 4 * last}))) : v;`}
}
vec4 row(int row, float largest, float sum) {
  if (row >= ${x.rows}) return vec4(0);
  float all = largest + log(sum);
  float w = number(weight, 0, row);
  int target = int(number(label, 0, row));
  float picked = AT(logits, row, target >> 2)[target & 3];
  return vec4(all, (all - picked) * w, w, 0);
}
void main() {
  int y = int(gl_FragCoord.y);
  ${each(layers, (r) => `vec4 m${r} = vec4(-3e38), s${r} = vec4(0);`)}
  for (int x = 0; x <= ${last}; x++) {
    ${each(layers, (r) => `m${r} = max(m${r}, lane(BLOCK(logits, y, ${r}, x), x));`)}
  }
  ${each(layers, (r) => `m${r} = vec4(max(max(m${r}.x, m${r}.y), max(m${r}.z, m${r}.w)));`)}
  for (int x = 0; x <= ${last}; x++) {
    ${each(layers, (r) => `s${r} += exp(lane(BLOCK(logits, y, ${r}, x), x) - m${r});`)}
  }
  ${each(layers, (r) => `y${r} = row(y * ${layers} + ${r}, m${r}.x, dot(s${r}, vec4(1)));`)}
}`,
    };
    draw(gpu, program, [x, label.flat, weight.flat], rows);
    const value = wrapSheet(meanOf(gpu, rows), []);
    return { value, saved: [logits!, labels, wrapSheet(rows, [rows.rows, 4]), value] };
  },

  gradient(gpu, dy, [logits, labels, losses, mean]) {
    const { layers } = gpu;
    const x = sheetOf(gpu, logits!);
    const sheet = allocate(gpu, x.rows, x.cols);
    const { inputs, names, scale } = incoming(gpu, dy);
    const program = {
      key: `cross entropy gradient ${x.rows} ${x.cols} ${names.length}`,
      inputs: ['logits', 'label', 'losses', 'mean', ...names],
      floats: ['scale'],
      source: () => `${outputs(layers)}
${number}
float factor;
vec4 slope(vec4 v, vec4 s, int row, int x) {
  if (row >= ${x.rows}) return vec4(0);
  ivec4 col = ivec4(x * 4) + ivec4(0, 1, 2, 3);
  vec4 hot = vec4(equal(col, ivec4(int(number(label, 0, row)))));
  v = (exp(v - s.x) - hot) * s.z * factor;
  return ${x.cols % 4 === 0 ? 'v' : `mix(vec4(0), v, lessThan(col, ivec4(${x.cols})))`};
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  factor = ${incomingSource(names)};
  ${each(layers, (r) => `y${r} = slope(BLOCK(logits, at.y, ${r}, at.x), BLOCK(losses, at.y, ${r}, 0), at.y * ${layers} + ${r}, at.x);`)}
}`,
    };
    const given = [x, flatOf(gpu, labels!).flat, sheetOf(gpu, losses!), sheetOf(gpu, mean!), ...inputs];
    draw(gpu, program, given, sheet, { floats: [scale] });
    return [wrapSheet(sheet, logits!.shape)];
  },
};

export const fusedCrossEntropy = fuse(crossEntropyKernel);
