import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { flatOf, sheetOf, wrapSheet } from '../gpu/tensors.ts';
import * as tf from '../tf.ts';
import type { Targets } from './cross-entropy.ts';
import { fuse, type Kernel } from './kernel.ts';
import { incoming, incomingSource, meanOf, weightedMean } from './mean-loss.ts';

const number = 'float number(sampler2D numbers, int i) { return FLAT(numbers, i >> 2)[i & 3]; }';

/** Input logits [n] → scalar: the mean sigmoid cross-entropy; labels are 0 or 1. Stable for large logits. */
export const binaryCrossEntropyKernel: Kernel<Targets> = {
  reference([logits], { labels, weights }) {
    const x = logits!;
    const losses = tf.add(tf.sub(tf.relu(x), tf.mul(x, labels)), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
    return weightedMean(losses, weights);
  },

  forward(gpu, [logits], { labels, weights }) {
    const { layers } = gpu;
    const x = sheetOf(gpu, logits!, 1);
    const rows = allocate(gpu, x.rows, 4);
    const program = {
      key: `binary cross entropy ${x.rows}`,
      inputs: ['logits', 'label', 'weight'],
      source: () => `${outputs(layers)}
${number}
vec4 row(float v, int row) {
  if (row >= ${x.rows}) return vec4(0);
  float w = number(weight, row);
  return vec4(0, (max(v, 0.0) - v * number(label, row) + log(1.0 + exp(-abs(v)))) * w, w, 0);
}
void main() {
  int y = int(gl_FragCoord.y);
  ${each(layers, (r) => `y${r} = row(BLOCK(logits, y, ${r}, 0).x, y * ${layers} + ${r});`)}
}`,
    };
    draw(gpu, program, [x, flatOf(gpu, labels).flat, flatOf(gpu, weights).flat], rows);
    const value = wrapSheet(meanOf(gpu, rows), []);
    return { value, saved: [logits!, labels, wrapSheet(rows, [rows.rows, 4]), value] };
  },

  gradient(gpu, dy, [logits, labels, losses, mean]) {
    const { layers } = gpu;
    const x = sheetOf(gpu, logits!, 1);
    const sheet = allocate(gpu, x.rows, 1);
    const { inputs, names, scale } = incoming(gpu, dy);
    const program = {
      key: `binary cross entropy gradient ${x.rows} ${names.length}`,
      inputs: ['logits', 'label', 'losses', 'mean', ...names],
      floats: ['scale'],
      source: () => `${outputs(layers)}
${number}
float factor;
vec4 slope(float v, float w, int row) {
  if (row >= ${x.rows}) return vec4(0);
  return vec4((1.0 / (1.0 + exp(-clamp(v, -80.0, 80.0))) - number(label, row)) * w * factor, 0, 0, 0);
}
void main() {
  int y = int(gl_FragCoord.y);
  factor = ${incomingSource(names)};
  ${each(layers, (r) => `y${r} = slope(BLOCK(logits, y, ${r}, 0).x, BLOCK(losses, y, ${r}, 0).z, y * ${layers} + ${r});`)}
}`,
    };
    const given = [x, flatOf(gpu, labels!).flat, sheetOf(gpu, losses!), sheetOf(gpu, mean!), ...inputs];
    draw(gpu, program, given, sheet, { floats: [scale] });
    return [tf.reshape(wrapSheet(sheet, [x.rows, 1]), logits!.shape)];
  },
};

export const fusedBinaryCrossEntropy = fuse(binaryCrossEntropyKernel);
