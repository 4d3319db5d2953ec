import { check } from '../core/errors.ts';
import type { Batch, Outputs } from '../models/architecture.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Evaluation } from './protocol.ts';

/** Sums over one batch that can be added up over several, on the GPU: for each name a sum and what it is out of. */
export interface Tally {
  /** Loss names in the order of the numbers. */
  readonly names: readonly string[];
  /** [4 · names]: loss, share right, number of places asked, share whose answer is yes (−1: no such question). */
  readonly values: Tensor;
}

/** Numbers a loss in a tally. */
const columns = 4;

/** Losses that ask a question of every row; all others ask one of every slot. */
const ofRows = new Set(['nsp', 'sop']);

/** The logits a loss was computed from: the only ones of its height, since every loss has a head of its own. */
function logitsOf(name: string, { logits }: Outputs, asked: number): Tensor {
  const found = Object.entries(logits).find(
    ([, value]) => value.rank === 2 && value.shape[0] === asked && (value.shape[1] === 2) === ofRows.has(name),
  );
  check(found, `no logits for the loss ${name}`);
  return found[1];
}

interface Answers {
  readonly right: Tensor;
  readonly weights: Tensor;
  /** The truth, 0 or 1, of yes-or-no questions. */
  readonly truth?: Tensor;
}

/** What a loss asked: where the answer was right, and which places were asked, all [n]. */
function answers(name: string, outputs: Outputs, batch: Batch): Answers {
  const question = outputs.questions?.[name];
  if (question) {
    const verdict = tf.cast(tf.greater(question.logits, 0), 'float32');
    const truth = tf.cast(question.labels, 'float32');
    return { right: tf.cast(tf.equal(verdict, truth), 'float32'), weights: question.weights, truth };
  }
  const rows = ofRows.has(name);
  const labels = rows ? batch.pairLabels : batch.labels;
  const weights = rows ? labels && tf.onesLike(tf.cast(labels, 'float32')) : batch.weights;
  check(labels && weights, `the loss ${name} has no labels`);
  const best = tf.argMax(logitsOf(name, outputs, labels.size), 1);
  const right = tf.cast(tf.equal(best, tf.cast(labels, 'int32')), 'float32');
  return { right, weights, ...(rows ? { truth: tf.cast(labels, 'float32') } : {}) };
}

/** Loss, accuracy and number of questions of each part. */
export function score(outputs: Outputs, batch: Batch): Tally {
  const names = Object.keys(outputs.losses);
  const numbers = names.flatMap((name) => {
    const { right, weights, truth } = answers(name, outputs, batch);
    const asked = tf.sum(weights);
    const share = (of: Tensor) => tf.div(tf.sum(tf.mul(of, weights)), tf.maximum(asked, 1));
    return [outputs.losses[name]!, share(right), asked, truth ? share(truth) : tf.scalar(-1)];
  });
  return { names, values: tf.stack(numbers.map((number) => tf.reshape(number, []))) };
}

/** Means over batches, each weighted by its number of questions. */
export function average(
  tallies: readonly { readonly names: readonly string[]; readonly numbers: ArrayLike<number> }[],
): Omit<Evaluation, 'step'> {
  const names = tallies[0]?.names ?? [];
  const mean = (place: number, i: number) => {
    const asked = (t: (typeof tallies)[number]) => t.numbers[columns * i + 2] ?? 0;
    const total = tallies.reduce((sum, tally) => sum + asked(tally), 0);
    return (
      tallies.reduce((sum, tally) => sum + (tally.numbers[columns * i + place] ?? 0) * asked(tally), 0) /
      Math.max(total, 1)
    );
  };
  const named = (place: number) => Object.fromEntries(names.map((name, i) => [name, mean(place, i)]));
  const positives = Object.entries(named(3)).filter(([, share]) => share >= 0);
  return {
    losses: named(0),
    accuracies: named(1),
    ...(positives.length > 0 ? { positives: Object.fromEntries(positives) } : {}),
  };
}
