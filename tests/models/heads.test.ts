import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../src/models/architecture.ts';
import { scored, tokenLoss } from '../../src/models/shared/heads.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

/** Logits for every place of the sample batch: [3, 6, 24]. */
const everywhere = (): Tensor =>
  tf.tensor(
    Array.from({ length: 3 * 6 * 24 }, (_, i) => Math.sin(i * 7.3) * 2),
    [3, 6, 24],
  );
const lossOf = (logits: Tensor, batch: Batch): number => tokenLoss(scored(logits, batch), batch)!.dataSync()[0]!;
/** Places that bear loss, of 18: the sample batch asks for two a row, its last slot is empty. */
const asked = [1, 4, 6, 8, 15];

describe('the loss of the places that are asked for', () => {
  it('is the mean over the predictions, empty slots left out: worked example 1-F', () => {
    tf.tidy(() => {
      const rows = [
        [2.0, 0.5, -1.0, 0.0, 0.3],
        [0.1, 0.2, 0.3, 0.4, 0.5],
        [-0.5, 1.5, 0.0, 0.0, 0.0],
      ];
      const loss = (logits: number[][], labels: number[], weights: number[]) =>
        lossOf(tf.tensor3d([logits]), {
          ids: tf.zeros([1, logits.length], 'int32'),
          segments: tf.zeros([1, logits.length], 'int32'),
          keep: tf.ones([1, logits.length]),
          positions: tf.tensor1d([...logits.keys()], 'int32'),
          labels: tf.tensor1d(labels, 'int32'),
          weights: tf.tensor1d(weights),
        });
      expect(loss([rows[0]!], [0], [1])).toBeCloseTo(0.464323, 5);
      expect(loss([rows[1]!], [4], [1])).toBeCloseTo(1.419416, 5);
      expect(loss([rows[2]!], [2], [1])).toBeCloseTo(2.090409, 5);
      expect(loss(rows, [0, 4, 2], [1, 1, 1])).toBeCloseTo(1.324716, 5);
      expect(loss([...rows, [9, 9, 9, 9, -9]], [0, 4, 2, 4], [1, 1, 1, 0])).toBeCloseTo(1.324716, 5);
    });
  });

  it('does not change with logits at other places', () => {
    tf.tidy(() => {
      const others = tf.tensor(
        Array.from({ length: 18 }, (_, place) => Number(!asked.includes(place))),
        [3, 6, 1],
      );
      const changed = tf.add(everywhere(), tf.mul(others, everywhere()));
      expect(lossOf(changed, sampleBatch())).toBe(lossOf(everywhere(), sampleBatch()));
    });
  });

  it('has a gradient at these places and none at all at others', () => {
    tf.tidy(() => {
      const batch = sampleBatch();
      const gradient = tf.grad((logits: Tensor) => tokenLoss(scored(logits, batch), batch) as tf.Scalar)(everywhere());
      const largest = tf.max(tf.abs(tf.reshape(gradient, [18, 24])), 1).dataSync();
      expect([...largest].flatMap((size, place) => (size === 0 ? [] : [place]))).toEqual([1, 4, 6, 8, 15]);
    });
  });

  it('does not depend on the order of the slots, nor on how many are empty', () => {
    tf.tidy(() => {
      const { positions, labels, weights, ...rest } = sampleBatch();
      const turned = { ...rest, positions: tf.reverse(positions!), labels: tf.reverse(labels!) };
      const more = {
        ...rest,
        positions: tf.concat([positions!, tf.tensor1d([3, 0, 17], 'int32')]),
        labels: tf.concat([labels!, tf.tensor1d([9, 0, 23], 'int32')]),
        weights: tf.concat([weights!, tf.zeros([3])]),
      };
      const plain = lossOf(everywhere(), sampleBatch());
      expect(lossOf(everywhere(), { ...turned, weights: tf.reverse(weights!) })).toBeCloseTo(plain, 6);
      expect(lossOf(everywhere(), more)).toBeCloseTo(plain, 6);
      // The empty slot in another one's stead is another question.
      expect(Math.abs(lossOf(everywhere(), { ...turned, weights: weights! }) - plain)).toBeGreaterThan(1e-3);
    });
  });
});
