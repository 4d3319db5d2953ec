import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { createRng } from '../../../src/core/rng.ts';
import { addNoNorm, noNorm } from '../../../src/nn/kernels/no-norm.ts';
import { trigram } from '../../../src/nn/kernels/trigram.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const inputs = (shape: readonly number[]) => () => [
  random('x', shape),
  random('residual', shape),
  random('gain', [shape.at(-1)!]),
  random('shift', [shape.at(-1)!]),
];
const without = (shape: readonly number[]) => () => inputs(shape)().filter((_, i) => i !== 1);
const plain = ([x, weight, bias]: Tensor[]) => noNorm(x!, { weight: weight!, bias: bias! });
const residual =
  (rate: number) =>
  ([x, r, weight, bias]: Tensor[]) =>
    addNoNorm(x!, r!, { weight: weight!, bias: bias! }, { rate, rng: createRng('drop') });

describeRows('with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('the fused gain and shift equal the plain ones, value and gradients, at even and odd sizes', () => {
    expect(difference(plain, without([2, 24, 16]))).toBeLessThan(1e-5);
    expect(difference(plain, without([3, 7, 11]))).toBeLessThan(1e-5);
  });

  it('they add a residual, and drop the same places', () => {
    expect(difference(residual(0), inputs([4, 10, 12]))).toBeLessThan(1e-5);
    expect(difference(residual(0.3), inputs([4, 10, 12]))).toBeLessThan(1e-5);
    expect(difference(residual(0.5), inputs([5, 9]))).toBeLessThan(1e-5);
  });

  it('three neighbours side by side are those of the plain form', () => {
    const op = ([x]: Tensor[]) => trigram(x!);
    expect(difference(op, () => [random('x', [3, 8, 8])])).toBeLessThan(1e-6);
    expect(difference(op, () => [random('x', [3, 7, 4])])).toBeLessThan(1e-6);
    expect(difference(op, () => [random('x', [2, 1, 8])])).toBeLessThan(1e-6);
    expect(difference(op, () => [random('x', [2, 5, 6])])).toBeLessThan(1e-6);
  });
});
