import { texels } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import type { FlatView } from '../gpu/tensors.ts';

/** Weights [out, in] of equal shape that lie in one flat, each with its own start: their outputs stand side by side. */
export interface Weights {
  readonly views: readonly FlatView[];
  readonly biases: readonly FlatView[];
  /** Outputs of each. */
  readonly out: number;
  readonly width: number;
}

const starts = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const choose = (names: readonly string[]): string =>
  names.reduceRight((rest, name, i) => (rest === '' ? name : `part == ${i} ? ${name} : ${rest}`), '');

/** GLSL of an activation that needs no more than its own result to be undone. */
export const epilogue = { none: 'v', relu: 'max(v, vec4(0))', tanh: 'tanh(clamp(v, -20.0, 20.0))' } as const;
export type Epilogue = keyof typeof epilogue;

/** GLSL: four rows of the weight that begin at texel `w`, as the columns of `m`. */
const fourRows =
  'mat4 m = mat4(FLAT(weight, w), FLAT(weight, w + stride), FLAT(weight, w + 2 * stride), FLAT(weight, w + 3 * stride));';

/** y = act(x Wᵀ + b): x [rows, in] → [rows, parts · out]. */
export function product(gpu: Gpu, x: Sheet, { views, biases, out, width }: Weights, act: Epilogue): Sheet {
  const { layers } = gpu;
  const parts = views.length;
  const sheet = allocate(gpu, x.rows, parts * out);
  const weightStarts = starts('w', parts);
  const biasStarts = starts('b', biases.length);
  // Sizes are uniforms, so that all products of a model are one program.
  const program = {
    key: `product ${parts} ${biases.length} ${act}`,
    inputs: biases.length > 0 ? ['x', 'weight', 'bias'] : ['x', 'weight'],
    ints: ['rows', 'outs', 'depth', 'stride', ...weightStarts, ...biasStarts],
    source: () => `${outputs(layers)}
vec4 cols;
vec4 finish(vec4 v, int row) {
  v = ${epilogue[act]};
  return row < rows ? v * cols : vec4(0);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int outTexels = (outs + 3) >> 2;
  int part = ${parts > 1 ? 'at.x / outTexels' : '0'};
  int col = at.x - part * outTexels;
  int w = (${choose(weightStarts)}) + col * 4 * stride;
  ${each(layers, (i) => `vec4 v${i} = vec4(0);`)}
  for (int k = 0; k < depth; k++) {
    ${fourRows}
    ${each(layers, (i) => `v${i} += BLOCK(x, at.y, ${i}, k) * m;`)}
    w++;
  }
  cols = vec4(lessThan(ivec4(col * 4) + ivec4(0, 1, 2, 3), ivec4(outs)));
  vec4 b = ${biases.length > 0 ? `FLAT(bias, (${choose(biasStarts)}) + col)` : 'vec4(0)'};
  ${each(layers, (i) => `y${i} = finish(v${i} + b, at.y * ${layers} + ${i});`)}
}`,
  };
  const inputs = [x, views[0]!.flat, ...(biases[0] ? [biases[0].flat] : [])];
  const offsets = [...views, ...biases].map(({ offset }) => offset);
  draw(gpu, program, inputs, sheet, { ints: [x.rows, out, texels(width), views[0]!.stride, ...offsets] });
  return sheet;
}

/** dx = dy W: dy [rows, parts · out] → [rows, in]. */
export function productBack(gpu: Gpu, dy: Sheet, { views, out, width }: Weights): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, dy.rows, width);
  const weightStarts = starts('w', views.length);
  const program = {
    key: `product back ${views.length}`,
    inputs: ['dy', 'weight'],
    ints: ['outTexels', 'stride', ...weightStarts],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(layers, (i) => `vec4 v${i} = vec4(0);`)}
  int n = 0;
  for (int part = 0; part < ${views.length}; part++) {
    int w = (${choose(weightStarts)}) + at.x;
    for (int k = 0; k < outTexels; k++) {
      ${fourRows}
      ${each(layers, (i) => `v${i} += m * BLOCK(dy, at.y, ${i}, n);`)}
      w += 4 * stride;
      n++;
    }
  }
  ${each(layers, (i) => `y${i} = v${i};`)}
}`,
  };
  const offsets = views.map(({ offset }) => offset);
  draw(gpu, program, [dy, views[0]!.flat], sheet, { ints: [texels(out), views[0]!.stride, ...offsets] });
  return sheet;
}

/** A weight's gradient before its parts are added: [splits · stride, in + 4], the bias's in column `biasCol`. */
export interface WeightGradient {
  readonly sheet: Sheet;
  readonly splits: number;
  readonly stride: number;
  readonly biasCol: number;
}

/**
 * dW = dyᵀ x and db = dyᵀ 1 in one: dy [rows, out], x [rows, in]. The rows are split among more fragments than the
 * result has texels; whoever reads the gradient adds up.
 */
export function productGradient(gpu: Gpu, dy: Sheet, x: Sheet, withBias: boolean): WeightGradient {
  const { layers } = gpu;
  const blocks = Math.ceil(dy.cols / layers);
  const width = texels(x.cols) + (withBias ? 1 : 0);
  const rowBlocks = Math.ceil(dy.rows / layers);
  const wanted = Math.ceil(gpu.fragments / (blocks * width));
  const splits = Math.max(1, Math.min(wanted, Math.ceil(rowBlocks / 4)));
  const stride = blocks * layers;
  const sheet = allocate(gpu, splits * stride, width * 4);
  const across = layers / 4;
  const program = {
    key: `product gradient ${withBias}`,
    inputs: ['dy', 'x'],
    ints: ['blocks', 'biasTexel', 'rowBlocks', 'chunk'],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int split = at.y / blocks;
  int n = (at.y - split * blocks) * ${across};
  int end = min((split + 1) * chunk, rowBlocks);
  ${each(layers, (i) => `vec4 v${i} = vec4(0);`)}
  vec4 a, d;
  for (int m = split * chunk; m < end; m++) {
    ${each(
      layers,
      (r) => `a = ${withBias ? 'at.x == biasTexel ? vec4(1, 0, 0, 0) : ' : ''}BLOCK(x, m, ${r}, at.x);
    ${each(
      across,
      (j) => `d = BLOCK(dy, m, ${r}, n + ${j});
    ${each(4, (i) => `v${4 * j + i} += d[${i}] * a;`)}`,
    )}`,
    )}
  }
  ${each(layers, (i) => `y${i} = v${i};`)}
}`,
  };
  const chunk = Math.ceil(rowBlocks / splits);
  draw(gpu, program, [dy, x], sheet, { ints: [blocks, texels(x.cols), rowBlocks, chunk] });
  return { sheet, splits, stride, biasCol: texels(x.cols) * 4 };
}
