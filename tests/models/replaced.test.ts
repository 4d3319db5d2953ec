import { beforeAll, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { Batch } from '../../src/models/architecture.ts';
import { replacedTokens } from '../../src/models/shared/replaced.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { collate } from '../../src/objectives/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const vocab = 12;
/** A generator that puts these ids in its slots for certain, and a judge that calls nothing replaced or kept. */
const stub = (put: readonly number[]) => {
  const seen: number[][] = [];
  return {
    seen,
    networks: {
      fill: () => tf.mul(tf.oneHot(tf.tensor1d([...put], 'int32'), vocab), 100) as Tensor,
      judge: (ids: Tensor) => {
        seen.push([...ids.dataSync()]);
        return tf.zeros(ids.shape);
      },
    },
  };
};
const int = (values: ArrayLike<number>, shape: readonly number[]) => tf.tensor(Array.from(values), [...shape], 'int32');
const float = (values: ArrayLike<number>, shape: readonly number[]) => tf.tensor(Array.from(values), [...shape]);

it('a place that is asked twice gets the whole-numbered mean of its samples, and its loss counts twice', () => {
  const labels = [-100, 6, 7, -100, 9, -100];
  const example = { inputIds: [2, 6, 7, 8, 9, 3], segments: [0, 0, 0, 0, 0, 0], labels, asked: [4, 2, 4, 1, 4] };
  const rows = collate([example], { length: 6, slots: 6, padId: 0 });
  expect([...rows.labels]).toEqual([9, 7, 9, 6, 9, 0]);
  expect([...rows.weights]).toEqual([1, 1, 1, 1, 1, 0]);
  const batch: Batch = {
    ids: int(rows.ids, [1, 6]),
    segments: int(rows.segments, [1, 6]),
    keep: float(rows.keep, [1, 6]),
    positions: int(rows.positions, [6]),
    labels: int(rows.labels, [6]),
    weights: float(rows.weights, [6]),
    shares: float(rows.shares!, [6]),
    generatorIds: int(rows.ids, [1, 6]),
  };
  // (9 + 8 + 11) / 3 = 9⅓: a guess that was wrong twice comes out as the original.
  const { networks, seen } = stub([9, 5, 8, 6, 11, 0]);
  const outputs = replacedTokens(networks, { maskId: 4, discriminatorWeight: 50 }, batch, {
    training: true,
    rng: createRng(1),
  });
  expect(seen).toEqual([[2, 6, 5, 8, 9, 3]]);
  expect([...outputs.truths!.rtd!.labels.dataSync()].map(Math.round)).toEqual([0, 0, 1, 0, 0, 0]);
  // Slots 2, 3 and 5 are wrong by 100 nats each, of five that count.
  expect(outputs.losses.mlm!.dataSync()[0]).toBeCloseTo(60, 3);
});
