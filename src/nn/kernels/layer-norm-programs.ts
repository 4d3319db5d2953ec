import { texels } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs, type Program } from '../gpu/program.ts';
import { allocate, release } from '../gpu/sheet.ts';
import { flatOf } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import { type Dropout, dropoutFloats, dropoutNumbers, dropoutSource, dropoutUints, drops } from './dropout.ts';

/** The matrix that is normed: dropout(x) + residual. */
export interface Normed {
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
  { ints = [], floats = [] }: { ints?: readonly string[]; floats?: readonly string[] },
  main: string,
): Program {
  const { x, drop } = normed;
  const dropped = drops(drop);
  return {
    key: `layer norm ${name} ${x.cols} ${dropped}`,
    inputs: ['source', 'residual', ...rest],
    ints: ['rows', ...ints],
    uints: dropped ? dropoutUints : [],
    floats: ['share', ...(dropped ? dropoutFloats : []), ...floats],
    source: () => `${outputs(gpu.layers)}
${dropped ? dropoutSource : ''}
vec4 sum(int row, int x) {
  vec4 v = AT(source, row, x);
  ${dropped ? `v *= dropScale(row * ${x.cols} + x * 4);` : ''}
  return v + share * AT(residual, row, x);
}
// 1 in the columns that exist.
vec4 columns(int x) {
  return ${x.cols % 4 === 0 ? 'vec4(1)' : `vec4(lessThan(ivec4(x * 4) + ivec4(0, 1, 2, 3), ivec4(${x.cols})))`};
}
${main}`,
  };
}

/** One program with a residual and without: without, a share of 0 of whatever is there is added. */
const inputsOf = ({ x, residual }: Normed): Sheet[] => [x, residual ?? x];
function numbersOf({ x, residual, drop }: Normed, ints: readonly number[] = [], floats: readonly number[] = []) {
  const numbers = drops(drop) ? dropoutNumbers(drop) : { uints: [], floats: [] };
  return {
    ints: [x.rows, ...ints],
    uints: numbers.uints,
    floats: [Number(residual !== undefined), ...numbers.floats, ...floats],
  };
}

/** GLSL of the normed matrix, whose statistics are `s`; without them as it is. */
const normal = (stats: Sheet | undefined): string => (stats ? '(sum(row, x) - s.x) * s.y' : 'sum(row, x)');
const statsName = (stats: Sheet | undefined): readonly string[] => (stats ? ['stats'] : []);

/**
 * Mean and 1 / standard deviation of each row: [rows, 4]. The sums are of differences to the first number, which keeps
 * their digits.
 */
export function statistics(gpu: Gpu, normed: Normed, epsilon: number): Sheet {
  const { rows, cols } = normed.x;
  const sheet = allocate(gpu, rows, 4);
  const program = overSum(
    gpu,
    'statistics',
    normed,
    [],
    { floats: ['epsilon'] },
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
  draw(gpu, program, inputsOf(normed), sheet, numbersOf(normed, [], [epsilon]));
  return sheet;
}

/** gain · (the normed matrix) + shift; without statistics of the matrix as it is. */
export function normalize(gpu: Gpu, normed: Normed, stats: Sheet | undefined, gain: Tensor, shift: Tensor): Sheet {
  const { rows, cols } = normed.x;
  const sheet = allocate(gpu, rows, cols);
  const [g, b] = [flatOf(gpu, gain), flatOf(gpu, shift)];
  const program = overSum(
    gpu,
    stats ? 'normalize' : 'scale',
    normed,
    ['gain', 'shift', ...statsName(stats)],
    { ints: ['gainStart', 'shiftStart'] },
    `vec4 g, b;
vec4 normal(int row, int x, vec4 s) {
  return row < rows ? ${normal(stats)} * g + b : vec4(0);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  g = FLAT(gain, gainStart + at.x);
  b = FLAT(shift, shiftStart + at.x);
  ${each(gpu.layers, (i) => `y${i} = normal(at.y * ${gpu.layers} + ${i}, at.x, ${stats ? `BLOCK(stats, at.y, ${i}, 0)` : 'vec4(0)'});`)}
}`,
  );
  const inputs = [...inputsOf(normed), g.flat, b.flat, ...(stats ? [stats] : [])];
  draw(gpu, program, inputs, sheet, numbersOf(normed, [g.offset, b.offset]));
  return sheet;
}

/** Mean over each row of dy·gain, and of that times the normed value: [rows, 4]. */
function means(gpu: Gpu, normed: Normed, stats: Sheet, dy: Sheet, gain: Tensor): Sheet {
  const { rows, cols } = normed.x;
  const sheet = allocate(gpu, rows, 4);
  const g = flatOf(gpu, gain);
  const { layers } = gpu;
  const program = overSum(
    gpu,
    'means',
    normed,
    ['stats', 'dy', 'gain'],
    { ints: ['gainStart'] },
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
  );
  draw(gpu, program, [...inputsOf(normed), stats, dy, g.flat], sheet, numbersOf(normed, [g.offset]));
  return sheet;
}

/** Gradient of the normed matrix. */
export function sumGradient(gpu: Gpu, normed: Normed, stats: Sheet, dy: Sheet, gain: Tensor): Sheet {
  const { rows, cols } = normed.x;
  const averages = means(gpu, normed, stats, dy, gain);
  const sheet = allocate(gpu, rows, cols);
  const g = flatOf(gpu, gain);
  const { layers } = gpu;
  const program = overSum(
    gpu,
    'sum gradient',
    normed,
    ['stats', 'averages', 'dy', 'gain'],
    { ints: ['gainStart'] },
    `vec4 g;
vec4 slope(int row, int x, vec4 s, vec4 m, vec4 d) {
  if (row >= rows) return vec4(0);
  return s.y * (d * g - m.x - (sum(row, x) - s.x) * s.y * m.y) * columns(x);
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int top = at.y * ${layers};
  g = FLAT(gain, gainStart + at.x);
  ${each(layers, (i) => `y${i} = slope(top + ${i}, at.x, BLOCK(stats, at.y, ${i}, 0), BLOCK(averages, at.y, ${i}, 0), BLOCK(dy, at.y, ${i}, at.x));`)}
}`,
  );
  draw(gpu, program, [...inputsOf(normed), stats, averages, dy, g.flat], sheet, numbersOf(normed, [g.offset]));
  release(gpu, averages);
  return sheet;
}

/** Gradients of gain and shift, unsummed: rows 2s and 2s+1 for split s. */
export function weightGradient(
  gpu: Gpu,
  normed: Normed,
  stats: Sheet | undefined,
  dy: Sheet,
): { sheet: Sheet; splits: number } {
  const { rows, cols } = normed.x;
  const { layers } = gpu;
  const width = texels(cols);
  const pairs = layers / 2;
  const height = Math.max(
    1,
    Math.min(Math.ceil(gpu.fragments / width), Math.ceil(64 / pairs), Math.ceil(rows / 8 / pairs)),
  );
  const splits = height * pairs;
  const sheet = allocate(gpu, splits * 2, cols);
  const program = overSum(
    gpu,
    stats ? 'weight gradient' : 'scale weight gradient',
    normed,
    ['dy', ...statsName(stats)],
    { ints: ['chunk'] },
    `void collect(int split, int x, out vec4 gain, out vec4 shift) {
  gain = vec4(0);
  shift = vec4(0);
  for (int row = split * chunk; row < min((split + 1) * chunk, rows); row++) {
    ${stats ? 'vec4 s = AT(stats, row, 0);' : ''}
    vec4 d = AT(dy, row, x);
    gain += d * ${normal(stats)};
    shift += d;
  }
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  ${each(pairs, (i) => `collect(at.y * ${pairs} + ${i}, at.x, y${2 * i}, y${2 * i + 1});`)}
}`,
  );
  const inputs = [...inputsOf(normed), dy, ...(stats ? [stats] : [])];
  draw(gpu, program, inputs, sheet, numbersOf(normed, [Math.ceil(rows / splits)]));
  return { sheet, splits };
}
