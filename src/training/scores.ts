import { check } from '../core/errors.ts';
import type { Batch, Outputs } from '../models/architecture.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Evaluation } from './protocol.ts';

/** Sums over one batch that can be added up over several, on the GPU: for each name a sum and what it is out of. */
export interface Tally {
  /** Loss names in the order of the numbers. */
  readonly names: readonly string[];
  /** [3 · names]: loss, share right, number of places asked. */
  readonly values: Tensor;
}

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

/** What a loss asked: where the answer was right, and which places were asked, both [n]. */
function answers(name: string, outputs: Outputs, batch: Batch): { readonly right: Tensor; readonly weights: Tensor } {
  const question = outputs.questions?.[name];
  if (question) {
    const verdict = tf.cast(tf.greater(question.logits, 0), 'float32');
    return {
      right: tf.cast(tf.equal(verdict, tf.cast(question.labels, 'float32')), 'float32'),
      weights: question.weights,
    };
  }
  const rows = ofRows.has(name);
  const labels = rows ? batch.pairLabels : batch.labels;
  const weights = rows ? labels && tf.onesLike(tf.cast(labels, 'float32')) : batch.weights;
  check(labels && weights, `the loss ${name} has no labels`);
  const best = tf.argMax(logitsOf(name, outputs, labels.size), 1);
  return { right: tf.cast(tf.equal(best, tf.cast(labels, 'int32')), 'float32'), weights };
}

/** Loss, accuracy and number of questions of each part. */
export function score(outputs: Outputs, batch: Batch): Tally {
  const names = Object.keys(outputs.losses);
  const columns = names.flatMap((name) => {
    const { right, weights } = answers(name, outputs, batch);
    const asked = tf.sum(weights);
    return [outputs.losses[name]!, tf.div(tf.sum(tf.mul(right, weights)), tf.maximum(asked, 1)), asked];
  });
  return { names, values: tf.stack(columns.map((column) => tf.reshape(column, []))) };
}

/** Means over batches, each weighted by its number of questions. */
export function average(
  tallies: readonly { readonly names: readonly string[]; readonly numbers: ArrayLike<number> }[],
): Pick<Evaluation, 'losses' | 'accuracies'> {
  const names = tallies[0]?.names ?? [];
  const mean = (place: number, i: number) => {
    const asked = (t: (typeof tallies)[number]) => t.numbers[3 * i + 2] ?? 0;
    const total = tallies.reduce((sum, tally) => sum + asked(tally), 0);
    return (
      tallies.reduce((sum, tally) => sum + (tally.numbers[3 * i + place] ?? 0) * asked(tally), 0) / Math.max(total, 1)
    );
  };
  const named = (place: number) => Object.fromEntries(names.map((name, i) => [name, mean(place, i)]));
  return { losses: named(0), accuracies: named(1) };
}
