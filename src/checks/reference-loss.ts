import type { TreeOf } from '../core/params.ts';
import { createRng } from '../core/rng.ts';
import type { AnyForward, Batch, Parts } from '../models/architecture.ts';
import { binaryCrossEntropy, crossEntropy } from '../nn/losses.ts';
import type { Tensor } from '../nn/tf.ts';
import * as tf from '../nn/tf.ts';
import type { Comparison } from './comparison.ts';
import { type Gradient, labelNames, type ReferenceIo, toTensor, unasked } from './reference-io.ts';

/** A model on the reference's weights, and what is known of the reference's class. */
export interface Learner {
  readonly forward: AnyForward;
  readonly params: TreeOf<Parts, Tensor>;
  readonly config: object;
  /** Every weight by the reference's name. */
  readonly weights: ReadonlyMap<string, Tensor>;
  /** Tied name → the name whose numbers it shares. */
  readonly tied: Readonly<Record<string, string>>;
  /** Whether the label of a place is what the place before it should say. */
  readonly shifts: boolean;
}

/** How far the loss may be from the reference's; and a gradient, as a share of its tensor's largest entry. */
const limits = { loss: 1e-4, gradient: 1e-3 };

/** Where all summands cancel (the bias of a key), both sides hold rounding of the others' size, not of their own. */
const cancelled = 1e-3;

const whole = (numbers: readonly number[]) => tf.tensor1d([...numbers], 'int32');

/** The batch with its labels at every place; those that the reference leaves out weigh nothing. */
function asked(batch: Batch, inputs: ReferenceIo['inputs'], shifts: boolean): Batch {
  const { labels, next_sentence_label: next, sentence_order_label: order } = inputs;
  const pair = next ?? order;
  const pairLabels = pair && toTensor('next_sentence_label', pair, 1, 'int32');
  if (labels === undefined) return { ...batch, ...(pairLabels && { pairLabels }) };
  const seq = batch.ids.shape[1] ?? 1;
  // A row of labels that is longer by one says what stands behind the last place.
  const moved = (row: readonly number[]) => Array.from({ length: seq }, (_, i) => row[i + 1] ?? unasked);
  const truths = (labels as readonly (readonly number[])[]).flatMap((row) => (shifts ? moved(row) : row));
  return {
    ...batch,
    positions: tf.range(0, truths.length, 1, 'int32'),
    labels: whole(truths.map((label) => Math.max(0, label))),
    weights: tf.cast(whole(truths.map((label) => Number(label !== unasked))), 'float32'),
    ...(pairLabels && { pairLabels }),
  };
}

/** The loss of one of several networks that learn together: its answers alone, token by token. */
function lossAlone(logits: Readonly<Record<string, Tensor>>, { labels, weights, keep }: Batch): Tensor {
  const [answers] = Object.values(logits);
  if (!answers || !labels || !weights) throw new Error('expected labels and logits, found none');
  if (answers.shape.length === keep.shape.length && answers.size === keep.size)
    return binaryCrossEntropy(tf.reshape(answers, [-1]), tf.cast(labels, 'float32'), tf.reshape(keep, [-1]));
  return crossEntropy(tf.reshape(answers, [-1, answers.shape.at(-1) ?? 1]), labels, weights);
}

/** The loss and its gradients beside the reference's, where it gave any. */
export function compareLearning(
  learner: Learner,
  batch: Batch,
  memory: readonly Tensor[],
  io: ReferenceIo,
): readonly Comparison[] {
  const wantsLoss = typeof io.outputs.loss === 'number';
  const wanted = Object.entries(io.gradients);
  if (!wantsLoss && wanted.length === 0) return [];
  if (!Object.keys(labelNames).some((name) => name in io.inputs))
    return [{ output: 'loss', limit: limits.loss, difference: Number.NaN, note: 'needs labels among the inputs' }];
  const { forward, params, config, weights, tied, shifts } = learner;
  const full = asked(batch, io.inputs, shifts);
  const inputs = [...weights.values()];
  const run = () => {
    const outputs = forward(params, config, full, { training: io.training ?? false, rng: createRng(0), memory });
    return outputs.loss ?? lossAlone(outputs.logits, full);
  };
  const { value, grads } = tf.engine().gradients(run, inputs, undefined, true);
  const found = new Map([...weights.keys()].map((name, i) => [name, grads[i]] as const));
  const overall = Math.max(...wanted.map(([, { values }]) => largest(values)));
  const loss = {
    output: 'loss',
    limit: limits.loss,
    difference: Math.abs((value.dataSync()[0] ?? Number.NaN) - Number(io.outputs.loss)),
  };
  return [
    ...(wantsLoss ? [loss] : []),
    ...wanted.map(([name, expected]) => beside(name, expected, found.get(tied[name] ?? name), overall)),
  ];
}

const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function beside(name: string, { shape, values }: Gradient, ours: Tensor | undefined, overall: number): Comparison {
  const output = `gradients.${name}`;
  const limit = limits.gradient;
  if (!ours) return { output, limit, difference: Number.NaN, note: 'is not computed here' };
  if (shape.join() !== ours.shape.join())
    return {
      output,
      limit,
      difference: Number.NaN,
      note: `expected [${shape.join(', ')}], found [${ours.shape.join(', ')}]`,
    };
  const own = ours.dataSync();
  const scale = Math.max(largest(values), cancelled * overall);
  // Written so that NaN is never small.
  const apart = values.reduce((most, value, i) => {
    const difference = Math.abs(value - own[i]!);
    return difference <= most ? most : difference;
  }, 0);
  return { output, limit, difference: scale > 0 ? apart / scale : apart };
}
