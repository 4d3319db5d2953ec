import { createRng } from '../../core/rng.ts';
import { addNorm, dropout, embedSum, gatherRows, gelu, geluTanh, layerNorm } from '../../nn/layers.ts';
import * as tf from '../../nn/tf.ts';
import { type KernelCase, random } from '../fused.ts';

const normed = (shape: readonly number[]) => () => [
  random('x', shape),
  random('gain', [shape.at(-1)!]),
  random('shift', [shape.at(-1)!]),
];
const ids = (rows: number, length: number, of: number) =>
  tf.tensor2d(
    Array.from({ length: rows * length }, (_, i) => (i * i * 7) % of),
    [rows, length],
    'int32',
  );

const norm: KernelCase['op'] = ([x, weight, bias]) => layerNorm(x!, { weight: weight!, bias: bias! }, 1e-12);

export const cases: readonly KernelCase[] = [
  { title: 'layer norm, width 16', op: norm, make: normed([2, 24, 16]) },
  { title: 'layer norm, width 11', op: norm, make: normed([3, 7, 11]) },
  {
    title: 'layer norm of a sum, with dropout',
    op: ([x, weight, bias, residual]) =>
      addNorm(x!, residual!, { weight: weight!, bias: bias! }, 1e-5, { rate: 0.3, rng: createRng('drop') }),
    make: () => [...normed([4, 10, 12])(), random('residual', [4, 10, 12])],
  },
  { title: 'gelu', op: ([x]) => gelu(x!), make: () => [random('x', [10, 13], 3)] },
  // The tangent of a graphics card and that of a processor differ by more than the two ways of computing do.
  { title: 'gelu by the tangent', op: ([x]) => geluTanh(x!), make: () => [random('x', [2, 8, 16], 3)], where: 'webgl' },
  {
    title: 'dropout',
    op: ([x]) => dropout(x!, { rate: 0.25, rng: createRng('a stream') }),
    make: () => [random('x', [9, 7])],
  },
  {
    title: 'words and places looked up and added',
    op: ([words, places]) =>
      embedSum([
        { table: words!, ids: ids(4, 6, 11), still: 0 },
        { table: places!, ids: ids(4, 6, 6) },
      ]),
    make: () => [random('words', [11, 8]), random('places', [6, 8])],
  },
  {
    title: 'rows picked twice or never',
    op: ([x]) => gatherRows(x!, tf.tensor1d([3, 0, 3, 9, 12, 0, 1], 'int32')),
    make: () => [random('x', [13, 8])],
  },
];
