import { build, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { identify, importPart, parseConfig } from '../../src/hub/checkpoint.ts';
import type { Batch } from '../../src/models/architecture.ts';
import { loadForward } from '../../src/models/forwards.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import type { Reference } from './reference.ts';
import { flat, type ReferenceIo, readInputs, readIo } from './reference-io.ts';

/** A batch with what the reference was asked: tokens at some places, and of each row whether its pair belongs together. */
function askedBatch({ inputs }: ReferenceIo): Batch {
  const labels = flat(inputs.labels ?? []);
  const places = labels.flatMap((label, place) => (label === IGNORE ? [] : [place]));
  const int = (numbers: readonly number[]) => tf.tensor1d([...numbers], 'int32');
  return {
    ...readInputs(inputs),
    positions: int(places),
    labels: int(places.map((place) => labels[place]!)),
    weights: tf.tensor1d(places.map(() => 1)),
    ...(inputs.next_sentence_label !== undefined && { pairLabels: int(flat(inputs.next_sentence_label)) }),
  };
}

/** How far the loss and its gradients are from the reference's. */
export interface GradientComparison {
  /** Of the loss, absolute. */
  readonly loss: number;
  /** Of each tensor, as a share of its largest entry. */
  readonly tensors: Readonly<Record<string, number>>;
}

/** The loss of a fixture's labels and its gradients beside those that the reference gave. */
export async function compareGradients(reference: Reference): Promise<GradientComparison> {
  const io = readIo(reference.io);
  const json = parseConfig(reference.config);
  const { blueprint, part } = identify(json);
  const config = blueprint.hub.fromConfig(json, part);
  const spec = { [part]: blueprint.spec(config)[part]! };
  const numbers = importPart(blueprint, config, part, reference.weights);
  const leaves = flatten(spec).filter(([, { buffer }]) => !buffer);
  const forward = await loadForward(blueprint.id);
  return tf.tidy(() => {
    const given = leaves.map(([name, { shape }]) => tf.tensor(numbers.get(name)!, [...shape]));
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      const byName = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
      const params = build(spec, (name, { shape }) => byName.get(name) ?? tf.tensor(numbers.get(name)!, [...shape]));
      const context = { training: io.training ?? false, rng: createRng(0) };
      return forward(params, config, askedBatch(io), context).loss as tf.Scalar;
    })(given);
    const expected = io.gradients ?? {};
    const tensors = leaves.map(([name, { shape }], i): [string, number] => {
      const wanted = expected[name.slice(part.length + 1)];
      if (wanted?.shape.join() !== shape.join()) return [name, Number.NaN];
      const found = grads[i]!.dataSync();
      const largest = wanted.values.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
      return [name, wanted.values.reduce((most, one, j) => Math.max(most, Math.abs(one - found[j]!)), 0) / largest];
    });
    const loss = Math.abs(value.dataSync()[0]! - (io.outputs.loss as number));
    return { loss, tensors: Object.fromEntries(tensors) };
  });
}
