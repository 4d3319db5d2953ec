import { expect } from 'vitest';
import { build, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { identify, importPart, parseConfig } from '../../src/hub/checkpoint.ts';
import type { Batch, Outputs } from '../../src/models/architecture.ts';
import { loadForward } from '../../src/models/forwards.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { fixture } from './fixtures.ts';
import { flat, type Nested, readInputs } from './reference-io.ts';

/** What stands in the `io.json` of a fixture with gradients. */
interface TrainedIo {
  readonly class: string;
  readonly inputs: Readonly<Record<string, Nested>> & { readonly labels: Nested };
  readonly outputs: { readonly loss: number };
  /** By the names of the reference's parameters, row-major. */
  readonly gradients: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: number[] }>>;
}

/** The labels of a fixture as the places of a batch that bear loss. */
function asked(labels: readonly number[]): Pick<Batch, 'positions' | 'labels' | 'weights'> {
  const places = labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));
  return {
    positions: tf.tensor1d(places, 'int32'),
    labels: tf.tensor1d(
      places.map((place) => labels[place]!),
      'int32',
    ),
    weights: tf.ones([places.length]),
  };
}

/**
 * Expects our loss of a fixture to be the reference's, and each gradient to be as near as a thousandth of its largest
 * number. `lossOf` makes the loss of what forward gives; absent: forward's own.
 */
export async function expectGradients(
  name: string,
  lossOf: (outputs: Outputs, batch: Batch) => Tensor = ({ loss }) => loss!,
): Promise<void> {
  const reference = await fixture(name);
  const { class: className, inputs, outputs, gradients } = JSON.parse(reference.io) as TrainedIo;
  const json = parseConfig(reference.config);
  const { blueprint, part } = identify({ ...json, architectures: [className] });
  const config = blueprint.hub.fromConfig(json, part);
  const spec = { [part]: blueprint.spec(config)[part]! };
  const state = importPart(blueprint, config, part, reference.weights);
  const forward = await loadForward(blueprint.id);
  const leaves = flatten(spec);
  tf.tidy(() => {
    const { labels, next_sentence_label: pair, ...rest } = inputs;
    const batch: Batch = {
      ...readInputs(rest),
      ...asked(flat(labels)),
      ...(pair !== undefined && { pairLabels: tf.tensor1d(flat(pair), 'int32') }),
    };
    const given = leaves.map(([name, { shape }]) => tf.tensor(state.get(name)!, [...shape]));
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      const byName = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
      const params = build(spec, (name) => byName.get(name)!);
      const result = forward(params, config, batch, { training: false, rng: createRng(0) });
      return lossOf(result, batch) as tf.Scalar;
    })(given);
    expect(value.dataSync()[0]).toBeCloseTo(outputs.loss, 4);
    const ours = Object.fromEntries(leaves.map(([name], i) => [name.slice(part.length + 1), grads[i]!]));
    expect(Object.keys(ours).sort()).toEqual(Object.keys(gradients).sort());
    const largestOf = (values: readonly number[]) => values.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    const all = Math.max(...Object.values(gradients).map(({ values }) => largestOf(values)));
    for (const [name, { shape, values }] of Object.entries(gradients)) {
      expect(ours[name]!.shape, name).toEqual(shape);
      const found = ours[name]!.dataSync();
      // Of a weight that changes nothing, as a key's bias, the gradient is what rounding leaves.
      const largest = Math.max(largestOf(values), 1e-3 * all);
      const apart = values.map((one, i) => Math.abs(one - found[i]!) / largest);
      // Written so that NaN is never small.
      expect(apart.filter((one) => !(one <= 1e-3)).length, `${name}: ${Math.max(...apart)}`).toBe(0);
    }
  });
}
