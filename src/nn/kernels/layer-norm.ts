import type { Gpu } from '../gpu/gpu.ts';
import { draw, each, outputs, type Program } from '../gpu/program.ts';
import { allocate, release, type Sheet, texels } from '../gpu/sheet.ts';
import { colsOf, flatOf, sheetOf, wrapPart, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import {
  type Dropout,
  dropoutFloats,
  dropoutNumbers,
  dropoutScale,
  dropoutSource,
  dropoutUints,
  dropSheet,
  drops,
} from './dropout.ts';
import { fuse, type Kernel } from './kernel.ts';

export interface NormOptions {
  readonly epsilon: number;
  /** Whether a residual is added first. */
  readonly residual: boolean;
  /** Of x alone, before the residual is added. */
  readonly drop?: Dropout;
}

/** The matrix that is normed: dropout(x) + residual. */
interface Normed {
  readonly x: Sheet;
  readonly residual?: Sheet;
  readonly drop?: Dropout;
}

/** A program over the normed matrix, whose texel `sum(row, x)` reads; columns beyond the last are 0. */
function overSum(
  gpu: Gpu,
  name: string,
  normed: Normed,
  rest: readonly string[],
  floats: readonly string[],
  main: string,
): Program {
  const { x, residual, drop } = normed;
  const dropped = drops(drop);
  return {
    key: `layer norm ${name} ${x.rows} ${x.cols} ${residual !== undefined} ${dropped}`,
    inputs: ['source', ...(residual ? ['residual'] : []), ...rest],
    uints: dropped ? dropoutUints : [],
    floats: [...(dropped ? dropoutFloats : []), ...floats],
    source: () => `${outputs(gpu.layers)}
${dropped ? dropoutSource : ''}
vec4 sum(int row, int x) {
  vec4 v = AT(source, row, x);
  ${dropped ? `v *= dropScale(row * ${x.cols} + x * 4);` : ''}
  ${residual ? 'v += AT(residual, row, x);' : ''}
  return v;
}
// 1 in the columns that exist.
vec4 columns(int x) {
  return ${x.cols % 4 === 0 ? 'vec4(1)' : `vec4(lessThan(ivec4(x * 4) + ivec4(0, 1, 2, 3), ivec4(${x.cols})))`};
}
${main}`,
  };
}

const inputsOf = ({ x, residual }: Normed): Sheet[] => (residual ? [x, residual] : [x]);
function numbersOf({ drop }: Normed, floats: readonly number[] = []) {
  const numbers = drops(drop) ? dropoutNumbers(drop) : { uints: [], floats: [] };
  return { uints: numbers.uints, floats: [...numbers.floats, ...floats] };
}

/** Mean and 1 / standard deviation of each row: [rows, 4]. The sums are of differences to the first number, which keeps their digits. */
function statistics(gpu: Gpu, normed: Normed, epsilon: number): Sheet {
  const { rows, cols } = normed.x;
  const sheet = allocate(gpu, rows, 4);
  const program = overSum(
    gpu,
    'statistics',
    normed,
    [],
    ['epsilon'],
    `vec4 row(int row) {
  float origin = sum(row, 0).x;
  vec4 first = vec4(0), second = vec4(0);
  for (int x = 0; x < ${texels(cols)}; x++) {
    vec4 d = (sum(row, x) - origin) * columns(x);
    first += d;
    second += d * d;
  }
  float mean = dot(first, vec4(1)) / ${cols}.0;
  float variance = max(0.0, dot(second, vec4(1)) / ${cols}.0 - mean * mean);
  return vec4(origin + mean, inversesqrt(variance + epsilon), 0, 0);
}
void main() {
  int top = int(gl_FragCoord.y) * ${gpu.layers};
  ${each(gpu.layers, (i) => `y${i} = row(top + ${i});`)}
}`,
  );
  draw(gpu, program, inputsOf(normed), sheet, numbersOf(normed, [epsilon]));
  return sheet;
}

function normalize(gpu: Gpu, normed: Normed, stats: Sheet, gain: Tensor, shift: Tensor): Sheet {
  const { rows, cols } = normed.x;
  const sheet = allocate(gpu, rows, cols);
  const [g, b] = [flatOf(gpu, gain), flatOf(gpu, shift)];
  const guard = rows % gpu.layers === 0 ? '' : `if (row >= ${rows}) return vec4(0);`;
  const program = {
    ...overSum(
      gpu,
      'normalize',
      normed,
      ['stats', 'gain', 'shift'],
      [],
      `vec4 g, b;
vec4 normal(int row, int x, vec4 s) {
  ${guard}
  return (sum(row, x) - s.x) * s.y * g + b;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  g = FLAT(gain, gainStart + at.x);
  b = FLAT(shift, shiftStart + at.x);
  ${each(gpu.layers, (i) => `y${i} = normal(at.y * ${gpu.layers} + ${i}, at.x, BLOCK(stats, at.y, ${i}, 0));`)}
}`,
    ),
    ints: ['gainStart', 'shiftStart'],
  };
  draw(gpu, program, [...inputsOf(normed), stats, g.flat, b.flat], sheet, {
    ...numbersOf(normed),
    ints: [g.offset, b.offset],
  });
  return sheet;
}

/** Mean over each row of dy·gain, and of that times the normed value: [rows, 4]. */
function means(gpu: Gpu, normed: Normed, stats: Sheet, dy: Sheet, gain: Tensor): Sheet {
  const { rows, cols } = normed.x;
  const sheet = allocate(gpu, rows, 4);
  const g = flatOf(gpu, gain);
  const { layers } = gpu;
  const program = {
    ...overSum(
      gpu,
      'means',
      normed,
      ['stats', 'dy', 'gain'],
      [],
      `void main() {
  int y = int(gl_FragCoord.y);
  int top = y * ${layers};
  vec4 g, d;
  ${each(layers, (i) => `vec4 s${i} = BLOCK(stats, y, ${i}, 0); vec4 a${i} = vec4(0), b${i} = vec4(0);`)}
  for (int x = 0; x < ${texels(cols)}; x++) {
    g = FLAT(gain, gainStart + x);
    ${each(layers, (i) => `d = BLOCK(dy, y, ${i}, x) * g; a${i} += d; b${i} += d * (sum(top + ${i}, x) - s${i}.x) * s${i}.y;`)}
  }
  ${each(layers, (i) => `y${i} = vec4(dot(a${i}, vec4(1)), dot(b${i}, vec4(1)), 0, 0) / ${cols}.0;`)}
}`,
    ),
    ints: ['gainStart'],
  };
  draw(gpu, program, [...inputsOf(normed), stats, dy, g.flat], sheet, { ...numbersOf(normed), ints: [g.offset] });
  return sheet;
}

/** Gradient of the normed matrix. */
function sumGradient(gpu: Gpu, normed: Normed, stats: Sheet, dy: Sheet, gain: Tensor): Sheet {
  const { rows, cols } = normed.x;
  const averages = means(gpu, normed, stats, dy, gain);
  const sheet = allocate(gpu, rows, cols);
  const g = flatOf(gpu, gain);
  const { layers } = gpu;
  const guard = rows % layers === 0 ? '' : `if (row >= ${rows}) return vec4(0);`;
  const program = {
    ...overSum(
      gpu,
      'sum gradient',
      normed,
      ['stats', 'averages', 'dy', 'gain'],
      [],
      `vec4 g;
vec4 slope(int row, int x, vec4 s, vec4 m, vec4 d) {
  ${guard}
  return s.y * (d * g - m.x - (sum(row, x) - s.x) * s.y * m.y) * columns(x);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int top = at.y * ${layers};
  g = FLAT(gain, gainStart + at.x);
  ${each(layers, (i) => `y${i} = slope(top + ${i}, at.x, BLOCK(stats, at.y, ${i}, 0), BLOCK(averages, at.y, ${i}, 0), BLOCK(dy, at.y, ${i}, at.x));`)}
}`,
    ),
    ints: ['gainStart'],
  };
  draw(gpu, program, [...inputsOf(normed), stats, averages, dy, g.flat], sheet, {
    ...numbersOf(normed),
    ints: [g.offset],
  });
  release(gpu, averages);
  return sheet;
}

/** Gradients of gain and shift, unsummed: rows 2s and 2s+1 for split s. */
function weightGradient(gpu: Gpu, normed: Normed, stats: Sheet, dy: Sheet): { sheet: Sheet; splits: number } {
  const { rows, cols } = normed.x;
  const { layers } = gpu;
  const width = texels(cols);
  const pairs = layers / 2;
  const height = Math.max(
    1,
    Math.min(Math.ceil(gpu.fragments / width), Math.ceil(64 / pairs), Math.ceil(rows / 8 / pairs)),
  );
  const splits = height * pairs;
  const chunk = Math.ceil(rows / splits);
  const sheet = allocate(gpu, splits * 2, cols);
  const program = overSum(
    gpu,
    'weight gradient',
    normed,
    ['stats', 'dy'],
    [],
    `void collect(int split, int x, out vec4 gain, out vec4 shift) {
  gain = vec4(0);
  shift = vec4(0);
  for (int row = split * ${chunk}; row < min((split + 1) * ${chunk}, ${rows}); row++) {
    vec4 s = AT(stats, row, 0);
    vec4 d = AT(dy, row, x);
    gain += d * (sum(row, x) - s.x) * s.y;
    shift += d;
  }
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(pairs, (i) => `collect(at.y * ${pairs} + ${i}, at.x, y${2 * i}, y${2 * i + 1});`)}
}`,
  );
  draw(gpu, program, [...inputsOf(normed), stats, dy], sheet, numbersOf(normed));
  return { sheet, splits };
}

function split(inputs: readonly Tensor[], { residual }: NormOptions) {
  const [x, ...rest] = inputs;
  return { x: x!, residual: residual ? rest[0] : undefined, gain: rest.at(-2)!, shift: rest.at(-1)! };
}

function normedOf(gpu: Gpu, x: Tensor, residual: Tensor | undefined, drop: Dropout | undefined): Normed {
  const sheets = { x: sheetOf(gpu, x), ...(residual && { residual: sheetOf(gpu, residual) }) };
  return drop ? { ...sheets, drop } : sheets;
}

/** Inputs x [..., width], the residual of the same shape if there is one, gain and shift [width] → [..., width]. Ba et al. 2016. */
export const layerNormKernel: Kernel<NormOptions> = {
  reference(inputs, options) {
    const { x, residual, gain, shift } = split(inputs, options);
    const dropped = drops(options.drop) ? tf.mul(x, tf.tensor(dropoutScale(x.size, options.drop), x.shape)) : x;
    const sum = residual ? tf.add(dropped, residual) : dropped;
    const centred = tf.sub(sum, tf.mean(sum, -1, true));
    const variance = tf.mean(tf.mul(centred, centred), -1, true);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, options.epsilon))), gain), shift);
  },

  forward(gpu, inputs, options) {
    const { x, residual, gain, shift } = split(inputs, options);
    const normed = normedOf(gpu, x, residual, options.drop);
    const stats = statistics(gpu, normed, options.epsilon);
    const value = wrapSheet(normalize(gpu, normed, stats, gain, shift), x.shape);
    return { value, saved: [...inputs, wrapSheet(stats, [stats.rows, 4])] };
  },

  gradient(gpu, dy, saved, options) {
    const { x, residual, gain, shift } = split(saved.slice(0, -1), options);
    const normed = normedOf(gpu, x, residual, options.drop);
    const stats = sheetOf(gpu, saved.at(-1)!);
    const above = sheetOf(gpu, dy, colsOf(x));
    const slope = sumGradient(gpu, normed, stats, above, gain);
    const { sheet, splits } = weightGradient(gpu, normed, stats, above);
    const piece = (row: number) => ({ sheet, row, col: 0, down: false, splits, stride: 2 });
    const gradients = [wrapPart(piece(0), gain.shape), wrapPart(piece(1), shift.shape)];
    release(gpu, sheet);
    const ofSum = wrapSheet(slope, x.shape);
    if (!residual) {
      if (!drops(options.drop)) return [ofSum, ...gradients];
      return [wrapSheet(dropSheet(gpu, slope, options.drop), x.shape), ...gradients];
    }
    const ofX = drops(options.drop) ? wrapSheet(dropSheet(gpu, slope, options.drop), x.shape) : tf.clone(ofSum);
    return [ofX, ofSum, ...gradients];
  },
};

export const fusedLayerNorm = fuse(layerNormKernel);
