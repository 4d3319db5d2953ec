import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { createRng } from '../../../src/core/rng.ts';
import { putRows, takeRows } from '../../../src/nn/kernels/map-rows.ts';
import { project } from '../../../src/nn/kernels/project.ts';
import { fusedRelativeAttention } from '../../../src/nn/kernels/relative-attention.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const inputs = (batch: number, query: number, key: number, hidden: number, segments: boolean) => () => [
  random('q', [batch, query, hidden]),
  random('k', [batch, key, hidden]),
  random('v', [batch, key, hidden]),
  random('r', [key + query, hidden]),
  random('u', [2, hidden / 2]),
  random('w', [2, hidden / 2]),
  ...(segments ? [random('s', [2, hidden / 2]), random('e', [2, 2, hidden / 2])] : []),
];
/** 1 at every n-th place. */
const every = (n: number, ...shape: number[]) => {
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Array.from({ length: size }, (_, i) => Number(i % n === 0)),
    shape,
  );
};
const op = (rate: number, other?: () => Tensor, visible?: () => Tensor) => (given: Tensor[]) => {
  const rest = { other: other?.(), dropout: { rate, rng: createRng('relative') } };
  return fusedRelativeAttention(given, { heads: 2, mask: visible ? { visible: visible() } : {}, ...rest });
};

describeRows('with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('the fused attention by distance equals the plain one, value and gradients', () => {
    expect(difference(op(0), inputs(2, 8, 8, 8, false))).toBeLessThan(1e-5);
    expect(difference(op(0), inputs(2, 5, 9, 8, false))).toBeLessThan(1e-5);
  });

  it('it tells segments apart, does not see what is hidden, and drops the same places', () => {
    const other = () => every(3, 2, 8, 16);
    const visible = () => tf.sub(1, every(5, 2, 8, 16));
    expect(difference(op(0, other, visible), inputs(2, 8, 16, 8, true))).toBeLessThan(1e-5);
    expect(
      difference(
        op(0.2, () => every(3, 3, 6, 7)),
        inputs(3, 6, 7, 16, true),
      ),
    ).toBeLessThan(1e-5);
  });

  it('the fused projection by a weight kept the other way round equals the plain one', () => {
    const op = ([x, weight]: Tensor[]) => project(x!, weight!);
    expect(difference(op, () => [random('x', [3, 7, 8]), random('w', [8, 12])])).toBeLessThan(1e-5);
    expect(difference(op, () => [random('x', [9, 5]), random('w', [5, 7])])).toBeLessThan(1e-5);
  });

  it('rows are put and taken where a map says', () => {
    const map = () => every(3, 2, 3, 8);
    expect(
      difference(
        ([x]) => putRows(x!, map()),
        () => [random('x', [2, 3, 8])],
      ),
    ).toBeLessThan(1e-5);
    expect(
      difference(
        ([x]) => takeRows(x!, map()),
        () => [random('x', [2, 8, 12])],
      ),
    ).toBeLessThan(1e-5);
  });
});
