import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch, Outputs, Question } from '../../src/models/architecture.ts';
import * as tf from '../../src/nn/tf.ts';
import { answersIn, average, score } from '../../src/training/scores.ts';

beforeAll(() => tf.useBackend('cpu'));

const rtd: Question = { logits: 'discriminator.logits', per: 'token', kind: 'yesNo', from: 'noising' };
const mlm: Question = { logits: 'prediction_logits', per: 'slot', kind: 'token', from: 'noising' };

const noBatch: Batch = {} as Batch;

/** Verdicts on eight tokens, the last of them padding. */
const verdicts = (logits: readonly number[], labels: readonly number[], loss: number): Outputs => ({
  losses: { rtd: tf.scalar(loss) },
  logits: { 'discriminator.logits': tf.tensor2d([...logits], [2, 4]) },
  truths: {
    rtd: {
      labels: tf.tensor1d([...labels]),
      weights: tf.tensor1d([1, 1, 1, 1, 1, 1, 1, 0]),
    },
  },
});

const judged = (...all: readonly Outputs[]) =>
  average(
    all.map((outputs) => {
      const { names, values } = score({ rtd }, outputs, noBatch);
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
      const { names, values } = score({ mlm }, outputs, batch);
      expect(average([{ names, numbers: values.dataSync() }])).toEqual({
        losses: { mlm: 1 },
        accuracies: { mlm: 0.5 },
      });
    });
  });

  it('reads the logits that a question names, however many others there are of their shape', () => {
    tf.tidy(() => {
      const right = tf.tensor2d([0, 1, 1, 0], [2, 2]);
      const outputs: Outputs = {
        losses: { mlm: tf.scalar(1), sop: tf.scalar(1) },
        logits: { decoy: tf.tensor2d([1, 0, 0, 1], [2, 2]), prediction_logits: right, sop_logits: tf.neg(right) },
      };
      const batch = {
        ...noBatch,
        labels: tf.tensor1d([1, 0], 'int32'),
        weights: tf.ones([2]),
        pairLabels: tf.tensor1d([1, 0], 'int32'),
      };
      const sop: Question = { logits: 'sop_logits', per: 'row', kind: 'yesNo', from: 'pairing' };
      const { names, values } = score({ mlm, sop }, outputs, batch);
      const { accuracies, positives } = average([{ names, numbers: values.dataSync() }]);
      expect(accuracies).toEqual({ mlm: 1, sop: 0 });
      expect(positives).toEqual({ sop: 0.5 });
    });
  });

  it('reports of a match to a teacher its mean over real tokens, and no accuracy', () => {
    tf.tidy(() => {
      const cosine: Question = { logits: 'logits', per: 'token', kind: 'match', from: 'own' };
      const all = [
        { loss: 0.5, keep: [1, 1, 1, 0] },
        { loss: 0.9, keep: [1, 0, 0, 0] },
      ].map(({ loss, keep }) => {
        const outputs: Outputs = { losses: { cosine: tf.scalar(loss) }, logits: {} };
        const { names, values } = score({ cosine }, outputs, { ...noBatch, keep: tf.tensor2d([keep]) });
        return { names, numbers: values.dataSync() };
      });
      const { losses, accuracies, positives } = average(all);
      expect(losses.cosine).toBeCloseTo(0.6, 6);
      expect(accuracies).toEqual({});
      expect(positives).toBeUndefined();
    });
  });

  it('counts the answers to the noising slot by slot, by the class of the word asked for', () => {
    tf.tidy(() => {
      const sop: Question = { logits: 'sop_logits', per: 'row', kind: 'yesNo', from: 'pairing' };
      const said = (words: readonly number[]) => {
        const outputs: Outputs = {
          losses: { mlm: tf.scalar(1), sop: tf.scalar(1) },
          logits: { prediction_logits: tf.oneHot([...words], 5), sop_logits: tf.tensor2d([[1, 0]]) },
        };
        const batch = {
          ...noBatch,
          labels: tf.tensor1d([4, 3, 2, 0], 'int32'),
          weights: tf.tensor1d([1, 1, 1, 0]),
          pairLabels: tf.tensor1d([0], 'int32'),
        };
        const { names, values } = score({ mlm, sop }, outputs, batch, true);
        return { names, numbers: values.dataSync(), classes: ['city', 'city', 'place', undefined] };
      };
      const { classes, accuracies } = average([said([4, 0, 2, 0]), said([4, 3, 0, 1])]);
      expect(classes).toEqual({ city: { right: 3, asked: 4 }, place: { right: 1, asked: 2 } });
      expect(accuracies.mlm).toBeCloseTo(4 / 6, 6);
      expect(accuracies.sop).toBe(1);
    });
  });

  it('leaves out what nobody asked, and weighs a batch that asks nothing as nothing', () => {
    const numbers = (loss: number, right: number, asked: number) => ({
      names: ['mlm'],
      numbers: [loss, right, asked, -1],
    });
    expect(average([numbers(0, 0, 0), numbers(3, 0.5, 2)])).toEqual({ losses: { mlm: 3 }, accuracies: { mlm: 0.5 } });
    expect(average([numbers(0, 0, 0), numbers(0, 0, 0)])).toEqual({ losses: {}, accuracies: {} });
  });
});

describe('what a batch asks', () => {
  it('is counted by place, by row or by token', () => {
    const batch = { rows: 2, weights: Float32Array.of(1, 0, 1, 1), keep: Float32Array.of(1, 1, 1, 1, 1, 0) };
    expect((['slot', 'row', 'token'] as const).map((per) => answersIn(batch, { per }))).toEqual([3, 2, 5]);
  });
});
