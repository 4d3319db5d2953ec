import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { setKernels } from '../../../src/nn/kernels/kernel.ts';
import { binaryCrossEntropy, crossEntropy } from '../../../src/nn/losses.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const every = (n: number, of: number) => Array.from({ length: n }, (_, i) => (i * 7) % of);
/** Every third weighs nothing. */
const weights = (n: number) => tf.tensor1d(every(n, 3).map((i) => (i === 0 ? 0 : i)));
const cross =
  (n: number, classes: number) =>
  ([logits]: Tensor[]) =>
    crossEntropy(logits!, tf.tensor1d(every(n, classes), 'int32'), weights(n));
const binary =
  (n: number) =>
  ([logits]: Tensor[]) =>
    binaryCrossEntropy(logits!, tf.tensor1d(every(n, 2)), weights(n));

describeRows('with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('the fused cross-entropy equals the plain one, value and gradient', () => {
    expect(difference(cross(24, 32), () => [random('logits', [24, 32], 3)])).toBeLessThan(1e-5);
    expect(difference(cross(13, 7), () => [random('logits', [13, 7], 3)])).toBeLessThan(1e-5);
    expect(difference(cross(5, 2), () => [random('logits', [5, 2], 30)])).toBeLessThan(1e-5);
  });

  it('the fused binary cross-entropy equals the plain one, value and gradient', () => {
    expect(difference(binary(40), () => [random('logits', [40], 3)])).toBeLessThan(1e-5);
    expect(difference(binary(9), () => [random('logits', [9], 30)])).toBeLessThan(1e-5);
  });

  it('the loss can be weighted and added to others', () => {
    const both = ([a, b]: Tensor[]) => tf.add(tf.mul(cross(6, 5)([a!]), 50), binary(6)([b!]));
    expect(difference(both, () => [random('a', [6, 5]), random('b', [6])])).toBeLessThan(1e-5);
  });

  it('the mean over nothing is 0', () => {
    setKernels('fused');
    const nothing = tf.zeros([3]);
    expect(crossEntropy(random('x', [3, 4]), tf.tensor1d([0, 1, 2], 'int32'), nothing).dataSync()[0]).toBe(0);
  });
});
