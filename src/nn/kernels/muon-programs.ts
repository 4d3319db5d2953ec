import { type Batch, type Part, strideOf } from '../../core/stacks.ts';
import { flatWidth, texels } from '../../core/textures.ts';
import type { Gpu } from '../gpu/gpu.ts';
import type { Sheet } from '../gpu/layout.ts';
import { draw, each, outputs, type Target } from '../gpu/program.ts';
import { allocate } from '../gpu/sheet.ts';
import { cutShare } from './adamw.ts';
import { leastNorm, type Muon, type MuonInputs, scaleOf } from './muon-settings.ts';

/** GLSL: row and column of number `n` of a matrix with `cols` columns. */
const splitNumber = 'int row = n / cols; int col = n - row * cols;';

/** Puts what a stack's matrices are moved by, gradient and running mean, as [count · side, longer side]. */
export function arrange(gpu: Gpu, inputs: MuonInputs, { side }: Batch, part: Part, momentum: number): Sheet {
  const { layers } = gpu;
  const { gradient, mean, norm, clip } = inputs;
  const { offset, rows, cols, count, tall } = part;
  const sheet = allocate(gpu, count * side, Math.max(rows, cols));
  const isWhole = !tall && cols % 4 === 0;
  const program = {
    key: `muon arrange ${tall} ${isWhole} ${norm !== undefined}`,
    inputs: ['gradient', 'mean', ...(norm ? ['norm'] : [])],
    ints: ['start', 'stride', 'rows', 'cols', 'side'],
    floats: ['momentum', 'clip'],
    source: () => `${outputs(layers)}
float cut;
vec4 ahead(int t) { return FLAT(gradient, t) * cut * (1.0 - momentum) + FLAT(mean, t) * momentum; }
${
  isWhole
    ? `vec4 four(int matrix, int line, int x) {
  if (line >= rows) return vec4(0);
  return ahead(start + matrix * stride + line * (cols >> 2) + x);
}`
    : `vec4 four(int matrix, int line, int x) {
  vec4 v = vec4(0);
  for (int j = 0; j < 4; j++) {
    int place = 4 * x + j;
    if (line >= ${tall ? 'cols' : 'rows'} || place >= ${tall ? 'rows' : 'cols'}) continue;
    int n = ${tall ? 'place * cols + line' : 'line * cols + place'};
    v[j] = ahead(start + matrix * stride + (n >> 2))[n & 3];
  }
  return v;
}`
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  cut = ${norm ? cutShare : '1.0'};
  int top = at.y * ${layers};
  int matrix = top / side;
  int line = top - matrix * side;
  ${each(layers, (i) => `y${i} = four(matrix, line + ${i}, at.x);`)}
}`,
  };
  draw(gpu, program, [gradient, mean, ...(norm ? [norm] : [])], sheet, {
    ints: [offset / 4, strideOf(part) / 4, rows, cols, side],
    floats: [momentum, clip],
  });
  return sheet;
}

/**
 * XYᵀ of each matrix [side, any] with its neighbour of the other sheet, into rows from `first` on of a sheet with
 * `side` columns, times `product`; with `add`, plus `times` that sheet and `identity` on the diagonal.
 */
export function rowProducts(
  gpu: Gpu,
  { side }: Batch,
  x: Sheet,
  y: Sheet,
  into: Sheet,
  plus: {
    readonly first?: number;
    readonly product?: number;
    readonly add?: Sheet;
    readonly times?: number;
    readonly identity?: number;
  } = {},
): void {
  const { layers } = gpu;
  const { first = 0, product = 1, add, times = 0, identity = 0 } = plus;
  const program = {
    key: `muon rows ${add !== undefined}`,
    inputs: ['x', 'y', ...(add ? ['add'] : [])],
    ints: ['first', 'side', 'depth'],
    floats: ['product', 'times', 'identity'],
    source: () => `${outputs(layers)}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int block = at.y - first;
  int top = block * ${layers};
  int line = top % side;
  int other = top - line + 4 * at.x;
  ${each(layers, (i) => `vec4 v${i} = vec4(0);`)}
  for (int k = 0; k < depth; k++) {
    mat4 m = mat4(AT(y, other, k), AT(y, other + 1, k), AT(y, other + 2, k), AT(y, other + 3, k));
    ${each(layers, (i) => `v${i} += BLOCK(x, block, ${i}, k) * m;`)}
  }
  ivec4 cols = ivec4(4 * at.x) + ivec4(0, 1, 2, 3);
  ${each(layers, (i) =>
    add
      ? `y${i} = v${i} * product + BLOCK(add, at.y, ${i}, at.x) * times + vec4(equal(cols, ivec4(line + ${i}))) * identity;`
      : `y${i} = v${i} * product;`,
  )}
}`,
  };
  const within = [first / layers, (first + x.rows) / layers] as const;
  draw(
    gpu,
    program,
    [x, y, ...(add ? [add] : [])],
    { ...into, within },
    {
      ints: [first / layers, side, texels(x.cols)],
      floats: [product, times, identity],
    },
  );
}

/** GLSL: the squared norm of the matrix whose Gram matrix begins at row `top` of `gram`. */
const squaredNorm = `float squaredNorm(int top) {
  float sum = 0.0;
  for (int i = 0; i < side; i++) sum += AT(gram, top + i, i >> 2)[i & 3];
  return max(sum, ${leastNorm ** 2});
}`;

/** Each Gram matrix over its trace, which is the square of the matrix's norm. */
export function normalize(gpu: Gpu, { side, rows }: Batch, gram: Sheet): Sheet {
  const { layers } = gpu;
  const sheet = allocate(gpu, rows, side);
  const program = {
    key: 'muon normalize',
    inputs: ['gram'],
    ints: ['side'],
    source: () => `${outputs(layers)}
${squaredNorm}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int top = at.y * ${layers};
  float share = 1.0 / squaredNorm(top - top % side);
  ${each(layers, (i) => `y${i} = BLOCK(gram, at.y, ${i}, at.x) * share;`)}
}`,
  };
  draw(gpu, program, [gram], sheet, { ints: [side] });
  return sheet;
}

/** The weights of a stack after the update: less their decay and what their matrix is moved by. */
export function move(
  gpu: Gpu,
  {
    weights,
    wide,
    gram,
    factor,
  }: Pick<MuonInputs, 'weights'> & { readonly wide: Sheet; readonly gram: Sheet; readonly factor: Sheet },
  part: Part,
  { side }: Batch,
  target: Target,
  { rate, weightDecay }: Muon,
): void {
  const { offset, rows, cols, count, first, tall } = part;
  const isWhole = cols % 4 === 0;
  const program = {
    key: `muon move ${tall} ${isWhole}`,
    inputs: ['weights', 'wide', 'gram', 'factor'],
    ints: ['start', 'end', 'stride', 'rows', 'cols', 'side', 'first'],
    floats: ['kept', 'rate'],
    source: () => `out vec4 y;
${squaredNorm}
float one(int matrix, int n) {
  ${splitNumber}
  if (row >= rows) return 0.0;
  int line = ${tall ? 'col' : 'row'};
  int place = ${tall ? 'row' : 'col'};
  float sum = 0.0;
  for (int k = 0; k < side; k++)
    sum += AT(factor, first + matrix * side + line, k >> 2)[k & 3] * AT(wide, matrix * side + k, place >> 2)[place & 3];
  return sum;
}
vec4 four(int matrix, int n) {
  ${splitNumber}
  vec4 v = vec4(0);
  ${
    tall
      ? `for (int k = 0; k < side; k++)
    v += AT(wide, matrix * side + k, row >> 2)[row & 3] * AT(factor, first + matrix * side + k, col >> 2);`
      : `for (int k = 0; k < (side >> 2); k++) {
    int top = matrix * side + 4 * k;
    mat4 m = mat4(AT(wide, top, col >> 2), AT(wide, top + 1, col >> 2), AT(wide, top + 2, col >> 2), AT(wide, top + 3, col >> 2));
    v += m * AT(factor, first + matrix * side + row, k);
  }`
  }
  return v;
}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int t = at.y * ${flatWidth} + at.x;
  if (t < start || t >= end) discard;
  int matrix = (t - start) / stride;
  int n = (t - start - matrix * stride) * 4;
  vec4 v = ${isWhole ? 'four(matrix, n)' : 'vec4(one(matrix, n), one(matrix, n + 1), one(matrix, n + 2), one(matrix, n + 3))'};
  y = texelFetch(weights, at, 0) * kept - v * rate * inversesqrt(squaredNorm(first + matrix * side));
}`,
  };
  const [start, stride] = [offset / 4, strideOf(part) / 4];
  const end = start + count * stride;
  const within = [Math.floor(start / flatWidth), Math.ceil(end / flatWidth)] as const;
  draw(
    gpu,
    program,
    [weights, wide, gram, factor],
    { ...target, within },
    {
      ints: [start, end, stride, rows, cols, side, first],
      floats: [1 - rate * weightDecay, rate * scaleOf(part)],
    },
  );
}
