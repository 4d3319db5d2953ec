import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { createRng } from '../../../src/core/rng.ts';
import { addNorm, layerNorm } from '../../../src/nn/layers.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const inputs = (shape: readonly number[]) => () => [
  random('x', shape),
  random('residual', shape),
  random('gain', [shape.at(-1)!]),
  random('shift', [shape.at(-1)!]),
];
const without = (shape: readonly number[]) => () => inputs(shape)().filter((_, i) => i !== 1);
const norm = ([x, weight, bias]: Tensor[]) => layerNorm(x!, { weight: weight!, bias: bias! }, 1e-12);
const residual =
  (rate: number) =>
  ([x, r, weight, bias]: Tensor[]) =>
    addNorm(x!, r!, { weight: weight!, bias: bias! }, 1e-5, { rate, rng: createRng('drop') });

describeRows('the fused layer norm with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('equals the plain one, value and gradients, at even and odd sizes', () => {
    expect(difference(norm, without([2, 24, 16]))).toBeLessThan(1e-5);
    expect(difference(norm, without([3, 7, 11]))).toBeLessThan(1e-5);
  });

  it('adds a residual', () => {
    expect(difference(residual(0), inputs([4, 10, 12]))).toBeLessThan(1e-5);
    expect(difference(residual(0), inputs([5, 3]))).toBeLessThan(1e-5);
  });

  it('drops the same places as the plain one', () => {
    expect(difference(residual(0.3), inputs([4, 10, 12]))).toBeLessThan(1e-5);
    expect(difference(residual(0.5), inputs([5, 9]))).toBeLessThan(1e-5);
  });

  it('keeps its digits where the mean is far from 0', () => {
    const far = () => without([16, 16])().map((x, i) => (i === 0 ? tf.add(x, 100) : x));
    expect(difference(norm, far)).toBeLessThan(1e-4);
  });
});
