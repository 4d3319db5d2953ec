import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch, Outputs } from '../../src/models/architecture.ts';
import * as tf from '../../src/nn/tf.ts';
import { average, score } from '../../src/training/scores.ts';

beforeAll(() => tf.useBackend('cpu'));

const noBatch: Batch = {} as Batch;

/** Verdicts on eight tokens, the last of them padding. */
const verdicts = (logits: readonly number[], labels: readonly number[], loss: number): Outputs => ({
  losses: { rtd: tf.scalar(loss) },
  logits: {},
  questions: {
    rtd: {
      logits: tf.tensor1d([...logits]),
      labels: tf.tensor1d([...labels]),
      weights: tf.tensor1d([1, 1, 1, 1, 1, 1, 1, 0]),
    },
  },
});

const judged = (...all: readonly Outputs[]) =>
  average(
    all.map((outputs) => {
      const { names, values } = score(outputs, noBatch);
      return { names, numbers: values.dataSync() };
    }),
  );

describe('an evaluation', () => {
  it('says how often the answer is yes, so that accuracy can be held against always saying no', () => {
    tf.tidy(() => {
      const never = judged(verdicts([-3, -3, -3, -3, -3, -3, -3, -3], [0, 1, 0, 0, 1, 0, 0, 1], 0.7));
      // Two of seven tokens are replaced: who never says so is right about five of seven, not about half.
      expect(never.positives!.rtd).toBeCloseTo(2 / 7, 6);
      expect(never.accuracies.rtd).toBeCloseTo(5 / 7, 6);
      expect(never.accuracies.rtd! + never.positives!.rtd!).toBeCloseTo(1, 6);
      const perfect = judged(verdicts([-3, 3, -3, -3, 3, -3, -3, -3], [0, 1, 0, 0, 1, 0, 0, 1], 0.1));
      expect(perfect.accuracies.rtd).toBe(1);
    });
  });

  it('is the mean over the questions of all batches', () => {
    tf.tidy(() => {
      const both = judged(
        verdicts([-3, -3, -3, -3, -3, -3, -3, -3], [0, 1, 0, 0, 1, 0, 0, 1], 0.5),
        verdicts([3, 3, 3, 3, 3, 3, 3, 3], [1, 1, 1, 1, 0, 0, 0, 0], 0.9),
      );
      expect(both.losses.rtd).toBeCloseTo(0.7, 6);
      expect(both.accuracies.rtd).toBeCloseTo(9 / 14, 6);
      expect(both.positives!.rtd).toBeCloseTo(6 / 14, 6);
    });
  });

  it('has no share of yes where a token is asked for', () => {
    tf.tidy(() => {
      const outputs: Outputs = {
        losses: { mlm: tf.scalar(1) },
        logits: {
          prediction_logits: tf.tensor2d([
            [0, 1, 0],
            [2, 0, 1],
          ]),
        },
      };
      const batch = { ...noBatch, labels: tf.tensor1d([1, 2], 'int32'), weights: tf.ones([2]) };
      const { names, values } = score(outputs, batch);
      expect(average([{ names, numbers: values.dataSync() }])).toEqual({
        losses: { mlm: 1 },
        accuracies: { mlm: 0.5 },
      });
    });
  });
});
