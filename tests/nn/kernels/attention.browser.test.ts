import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { createRng } from '../../../src/core/rng.ts';
import { fusedAttention } from '../../../src/nn/kernels/attention.ts';
import type { Mask } from '../../../src/nn/layers.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const joint = (batch: number, seq: number, hidden: number) => () => [random('qkv', [batch, seq, 3 * hidden])];
const op =
  (heads: number, mask: () => Mask = () => ({}), rate = 0) =>
  (inputs: Tensor[]) =>
    fusedAttention(inputs, { heads, mask: mask(), dropout: { rate, rng: createRng('attention') } });
/** Row b keeps all but its last b keys. */
const keep = (batch: number, key: number) =>
  tf.tensor2d(Array.from({ length: batch }, (_, b) => Array.from({ length: key }, (_, j) => Number(j < key - b))));
const triangle = (n: number) =>
  tf.tensor2d(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(j <= i))));

describeRows('the fused attention with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('equals the plain one, value and gradients', () => {
    expect(difference(op(2), joint(3, 16, 16))).toBeLessThan(1e-5);
  });

  it('does so for sequences that fill no block of rows', () => {
    expect(difference(op(2), joint(3, 13, 8))).toBeLessThan(1e-5);
    expect(difference(op(1), joint(2, 5, 4))).toBeLessThan(1e-5);
  });

  it('does not see padding', () => {
    expect(
      difference(
        op(2, () => ({ keep: keep(3, 16) })),
        joint(3, 16, 8),
      ),
    ).toBeLessThan(1e-5);
    expect(
      difference(
        op(2, () => ({ keep: keep(3, 10) })),
        joint(3, 10, 8),
      ),
    ).toBeLessThan(1e-5);
  });

  it('does not see what a pattern hides, the same for all or one for each of the batch', () => {
    expect(
      difference(
        op(2, () => ({ visible: triangle(16) })),
        joint(2, 16, 8),
      ),
    ).toBeLessThan(1e-5);
    const each = () => ({ keep: keep(2, 9), visible: tf.stack([triangle(9), tf.ones([9, 9])]) });
    expect(difference(op(1, each), joint(2, 9, 8))).toBeLessThan(1e-5);
  });

  it('drops the same probabilities as the plain one', () => {
    expect(
      difference(
        op(2, () => ({}), 0.3),
        joint(2, 16, 8),
      ),
    ).toBeLessThan(1e-5);
    expect(
      difference(
        op(2, () => ({}), 0.3),
        joint(2, 7, 8),
      ),
    ).toBeLessThan(1e-5);
  });

  it('looks into a memory of another length', () => {
    const apart = () => [random('q', [2, 8, 8]), random('kv', [2, 11, 16])];
    expect(difference(op(2), apart)).toBeLessThan(1e-5);
    const single = () => [random('q', [2, 6, 8]), random('k', [2, 16, 8]), random('v', [2, 16, 8])];
    expect(
      difference(
        op(2, () => ({ keep: keep(2, 16) })),
        single,
      ),
    ).toBeLessThan(1e-5);
  });

  it('leaves heads that are no multiple of four wide to the plain one', () => {
    expect(difference(op(2), joint(2, 4, 6), 'webgl')).toBe(0);
  });
});
