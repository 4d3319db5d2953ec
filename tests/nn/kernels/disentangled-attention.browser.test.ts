import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { createRng } from '../../../src/core/rng.ts';
import { fusedCutHeads } from '../../../src/nn/kernels/cut-heads.ts';
import { fusedDisentangledAttention, type Terms } from '../../../src/nn/kernels/disentangled-attention.ts';
import { keepRows } from '../../../src/nn/kernels/keep-rows.ts';
import { neighbours } from '../../../src/nn/kernels/neighbours.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

const all: Terms = { c2c: true, c2p: true, p2c: true };

/** How many of q, k and v stand side by side in each input. */
type Grouping = readonly number[];

const inputs =
  (batch: number, seq: number, hidden: number, { c2p, p2c }: Terms, grouping: Grouping) =>
  () => [
    ...grouping.map((count, i) => random(`x${i}`, [batch, seq, count * hidden])),
    ...(c2p ? [random('r', [2 * seq, hidden])] : []),
    ...(p2c ? [random('s', [2 * seq, hidden])] : []),
  ];

/** The last `i` tokens of row `i` are padding. */
const keepOf = (batch: number, seq: number) =>
  tf.tensor2d(Array.from({ length: batch }, (_, row) => Array.from({ length: seq }, (_, i) => Number(i < seq - row))));

const op = (terms: Terms, rate: number, keep?: () => Tensor) => (given: Tensor[]) =>
  fusedDisentangledAttention(given, {
    heads: 2,
    terms,
    mask: keep ? { keep: keep(), mutual: true } : {},
    dropout: { rate, rng: createRng('disentangled') },
  });

describeRows('with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it.each([[[3]], [[1, 2]], [[1, 1, 1]]] as const)(
    'the fused attention by terms equals the plain one, value and gradients, q, k and v in inputs of %j',
    (grouping) => {
      expect(difference(op(all, 0), inputs(2, 8, 8, all, grouping))).toBeLessThan(1e-5);
      expect(difference(op(all, 0), inputs(2, 7, 8, all, grouping))).toBeLessThan(1e-5);
    },
  );

  it.each([
    { c2c: true, c2p: true, p2c: false },
    { c2c: true, c2p: false, p2c: true },
    { c2c: true, c2p: false, p2c: false },
    { c2c: false, c2p: true, p2c: true },
    { c2c: false, c2p: false, p2c: true },
    { c2c: false, c2p: false, p2c: false },
  ])('it sums the terms that are asked for alone: %j', (terms) => {
    expect(difference(op(terms, 0), inputs(2, 8, 16, terms, [3]))).toBeLessThan(1e-5);
    expect(difference(op(terms, 0), inputs(3, 5, 8, terms, [3]))).toBeLessThan(1e-5);
  });

  it('padding neither sees nor is seen, and the same places are dropped', () => {
    expect(
      difference(
        op(all, 0, () => keepOf(3, 8)),
        inputs(3, 8, 8, all, [3]),
      ),
    ).toBeLessThan(1e-5);
    expect(
      difference(
        op(all, 0.2, () => keepOf(3, 6)),
        inputs(3, 6, 16, all, [1, 2]),
      ),
    ).toBeLessThan(1e-5);
  });

  it('the fused cut of a product that goes head by head equals the plain one', () => {
    const parts = [['q', 'k', 'v'], ['q'], ['k', 'v']] as const;
    for (const wanted of parts) {
      const biases = wanted.filter((part) => part !== 'k');
      const given = () => [random('x', [2, 7, 48]), ...biases.map((part) => random(part, [16]))];
      expect(difference((tensors) => fusedCutHeads(tensors, { heads: 2, parts: wanted }), given)).toBeLessThan(1e-5);
    }
  });

  it('rows of padding become zeros, and only they', () => {
    const given = () => [random('x', [3, 7, 12])];
    expect(difference(([x]) => keepRows(x!, keepOf(3, 7)), given)).toBeLessThan(1e-5);
  });

  it('every token stands beside its neighbours, as in the plain form', () => {
    const given = () => [random('x', [3, 7, 12])];
    for (const reach of [1, 2]) expect(difference(([x]) => neighbours(x!, reach), given)).toBeLessThan(1e-5);
  });
});
