import { check } from '../core/errors.ts';
import type { Batch, Outputs, Question, Truth } from '../models/architecture.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Arrays } from '../objectives/batch.ts';
import { countByClass } from '../text/classes.ts';
import type { Evaluation, Step } from './protocol.ts';

const sumOf = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);

/** How many answers a question asks of a batch: none where chance has hidden nothing in any of its rows. */
export function answersIn(
  { weights, rows, keep }: Pick<Arrays, 'weights' | 'rows' | 'keep'>,
  { per }: Pick<Question, 'per'>,
): number {
  if (per === 'row') return rows;
  return sumOf(per === 'slot' ? weights : keep);
}

/**
 * An update as it is told: `numbers` are the training loss and the parts of it, in the order of `asked`, which counts
 * their answers.
 */
export function toldStep(
  step: number,
  { tokens, weights, keep, decoderKeep }: Arrays,
  asked: Readonly<Record<string, number>>,
  numbers: ArrayLike<number>,
): Step {
  const parts = Object.keys(asked).map((name, i) => [name, numbers[i + 1] ?? Number.NaN] as const);
  const had = parts.filter(([name]) => asked[name]! > 0);
  return {
    step,
    loss: had.length > 0 ? (numbers[0] ?? Number.NaN) : undefined,
    losses: Object.fromEntries(had),
    asked,
    atMs: performance.now(),
    tokens,
    // Of a model that writes, the loss is taken on what its decoder reads.
    scoredShare: sumOf(weights) / sumOf(decoderKeep ?? keep),
  };
}

/** Sums over one batch that can be added up over several, on the GPU: for each name a sum and what it is out of. */
export interface Tally {
  /** Loss names in the order of the numbers. */
  readonly names: readonly string[];
  /**
   * [4 · names]: loss, share right, number of answers asked for, share of them that are yes; −1: no such figure. Where
   * slots are looked at one by one, behind them [slots], 1 where the answer was right.
   */
  readonly values: Tensor;
}

/** Numbers a loss in a tally. */
const columns = 4;

interface Answers {
  /** 1 where the answer was right; absent: it can only be near. */
  readonly right?: Tensor;
  readonly weights: Tensor;
  /** The truth, 0 or 1, of yes-or-no questions. */
  readonly truth?: Tensor;
}

/** What of a batch answers a question is held against: the labels and which places are asked, all [n]. */
function truthOf(name: string, { per }: Question, outputs: Outputs, batch: Batch): Truth {
  const made = outputs.truths?.[name];
  if (made) return made;
  const labels = per === 'row' ? batch.pairLabels : batch.labels;
  const everyRow = () => labels && tf.onesLike(tf.cast(labels, 'float32'));
  const weights = per === 'row' ? (batch.pairWeights ?? everyRow()) : batch.weights;
  check(labels && weights, `the loss ${name} has no labels`);
  return { labels, weights };
}

/** Where the answers to a question were right, and which places were asked. */
function answers(name: string, question: Question, outputs: Outputs, batch: Batch): Answers {
  if (question.kind === 'match') return { weights: tf.reshape(batch.keep, [-1]) };
  const logits = outputs.logits[question.logits];
  check(logits, `no logits for the loss ${name}`);
  const { labels, weights } = truthOf(name, question, outputs, batch);
  // A logit an answer says yes above 0; of several the highest is the answer.
  const isOne = logits.size === labels.size;
  const said = isOne ? tf.greater(tf.reshape(logits, [-1]), 0) : tf.argMax(logits, -1);
  const right = tf.cast(tf.equal(tf.cast(said, 'int32'), tf.cast(labels, 'int32')), 'float32');
  return { right, weights, truth: question.kind === 'yesNo' ? tf.cast(labels, 'float32') : undefined };
}

/** Says in a tally that a loss has no such figure. */
const none = -1;

/** What the noising asks at its slots, token by token. */
const isBySlot = ({ per, kind, from }: Question): boolean => per === 'slot' && kind === 'token' && from === 'noising';

/** Loss, accuracy and number of answers of each part; `bySlot`: also each answer to what the noising asks. */
export function score(
  questions: Readonly<Record<string, Question>>,
  outputs: Outputs,
  batch: Batch,
  bySlot = false,
): Tally {
  const names = Object.keys(outputs.losses);
  let slots: Tensor | undefined;
  const numbers = names.flatMap((name) => {
    const question = questions[name];
    check(question, `the loss ${name} is no question of the architecture`);
    const { right, weights, truth } = answers(name, question, outputs, batch);
    if (bySlot && isBySlot(question)) slots = right;
    const asked = tf.sum(weights);
    const share = (of: Tensor | undefined) =>
      of ? tf.div(tf.sum(tf.mul(of, weights)), tf.maximum(asked, 1)) : tf.scalar(none);
    return [outputs.losses[name]!, share(right), asked, share(truth)];
  });
  const sums = tf.stack(numbers.map((number) => tf.reshape(number, [])));
  // One tensor, so that nothing is waited for twice.
  return { names, values: slots ? tf.concat([sums, slots]) : sums };
}

/** What of a batch has been read back. */
export interface Told {
  readonly names: readonly string[];
  /** The values of its tally. */
  readonly numbers: ArrayLike<number>;
  /** [slots], the classes of the words asked for. */
  readonly classes?: readonly (string | undefined)[] | undefined;
}

/** The answers of all batches by class; absent where there are none. */
function byClass(tallies: readonly Told[]): Pick<Evaluation, 'classes'> {
  const counts = countByClass(
    tallies.flatMap(({ names, numbers, classes = [] }) => {
      const first = columns * names.length;
      if (numbers.length === first) return [];
      return classes.map((one, slot) => [one, numbers[first + slot] ?? 0] as const);
    }),
  );
  return Object.keys(counts).length > 0 ? { classes: counts } : {};
}

/** Means over batches, each weighted by its number of questions; what no batch asked is left out. */
export function average(tallies: readonly Told[]): Omit<Evaluation, 'step'> {
  const names = tallies[0]?.names ?? [];
  const askedIn = ({ numbers }: (typeof tallies)[number], i: number) => numbers[columns * i + 2] ?? 0;
  const total = (i: number) => tallies.reduce((sum, tally) => sum + askedIn(tally, i), 0);
  const mean = (place: number, i: number) =>
    tallies.reduce((sum, tally) => sum + (tally.numbers[columns * i + place] ?? 0) * askedIn(tally, i), 0) / total(i);
  const named = (place: number) => names.flatMap((name, i) => (total(i) > 0 ? [[name, mean(place, i)] as const] : []));
  const known = (place: number) => Object.fromEntries(named(place).filter(([, share]) => share >= 0));
  const positives = known(3);
  return {
    losses: Object.fromEntries(named(0)),
    accuracies: known(1),
    positives: Object.keys(positives).length > 0 ? positives : undefined,
    ...byClass(tallies),
  };
}

/** An evaluation with that of further sets beside it. `judge` encodes at once, so all are of the same model. */
export async function withSets<T>(
  heldOut: Promise<Evaluation>,
  sets: Readonly<Record<string, T>>,
  judge: (set: T) => Promise<Evaluation>,
): Promise<Evaluation> {
  const judged = Object.entries(sets).map(([name, set]) => [name, judge(set)] as const);
  if (judged.length === 0) return heldOut;
  const numbers = judged.map(async ([name, at]) => {
    const { losses, accuracies } = await at;
    return [name, { losses, accuracies }] as const;
  });
  return { ...(await heldOut), sets: Object.fromEntries(await Promise.all(numbers)) };
}
