import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { depthwise, shifted } from '../../../src/nn/kernels/depthwise.ts';
import { multiply } from '../../../src/nn/kernels/multiply.ts';
import { spanConvolution } from '../../../src/nn/kernels/span-convolution.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const convolve =
  (heads: number, span: number) =>
  ([attended, logits, values]: Tensor[]) =>
    spanConvolution(attended!, logits!, values!, { heads, span });
const inputs = (batch: number, seq: number, all: number, kernels: number) => () => [
  random('attended', [batch, seq, all]),
  random('logits', [batch, seq, kernels], 2),
  random('values', [batch, seq, all]),
];
const column = ([x, weight]: Tensor[]) => depthwise(x!, weight!);
const columns = (batch: number, seq: number, hidden: number, span: number) => () => [
  random('x', [batch, seq, hidden]),
  random('weight', [hidden, 1, span]),
];

describeRows('with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('the fused convolution by kernels of each token equals the plain one, value and gradients', () => {
    expect(difference(convolve(2, 5), inputs(2, 8, 8, 10))).toBeLessThan(1e-5);
    expect(difference(convolve(3, 3), inputs(3, 7, 12, 9))).toBeLessThan(1e-5);
    expect(difference(convolve(1, 9), inputs(3, 20, 16, 9))).toBeLessThan(1e-5);
  });

  it('also where a kernel spans more than the text, and where heads are no multiple of four wide', () => {
    expect(difference(convolve(2, 9), inputs(3, 3, 8, 18))).toBeLessThan(1e-5);
    expect(difference(convolve(2, 3), inputs(2, 5, 6, 6))).toBeLessThan(1e-5);
  });

  it('the fused sum of neighbours by column equals the plain one, value and gradients', () => {
    expect(difference(column, columns(2, 8, 8, 5))).toBeLessThan(1e-5);
    expect(difference(column, columns(3, 7, 11, 3))).toBeLessThan(1e-5);
    expect(difference(column, columns(5, 40, 16, 9))).toBeLessThan(1e-5);
    expect(difference(column, columns(2, 3, 4, 9))).toBeLessThan(1e-5);
  });

  it('the fused product number by number equals the plain one', () => {
    const op = ([a, b]: Tensor[]) => multiply(a!, b!);
    expect(difference(op, () => [random('a', [3, 5, 7]), random('b', [3, 5, 7])])).toBeLessThan(1e-5);
  });

  it('a text is moved along with zeros beyond its ends, however far', () => {
    const x = tf.tensor3d([[[1], [2], [3]]]);
    const moved = [-1, 0, 1, 2, 4].map((by) => [...shifted(x, by).dataSync()]);
    expect(moved).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 0],
      [3, 0, 0],
      [0, 0, 0],
    ]);
  });
});
