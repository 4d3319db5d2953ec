import { expect } from 'vitest';
import { build, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { identify, importPart, parseConfig } from '../../src/hub/checkpoint.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { hubOf } from '../../src/models/hubs.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { fixture } from './fixtures.ts';
import { flat, type Nested, readInputs, readIo, readMemory } from './reference-io.ts';

/** How far a gradient may be from the reference's, as a share of the largest entry of its tensor. */
const tolerance = 1e-3;

interface Gradient {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/**
 * Expects the loss of a fixture on its `labels` [batch, seq], and the loss's gradient to every weight, to be those of
 * the reference. Returns the largest error there is.
 */
export async function expectGradients(name: string): Promise<number> {
  const { config: configBytes, weights, io: text } = await fixture(name);
  const io = readIo(text);
  const { gradients } = JSON.parse(text) as { readonly gradients: Readonly<Record<string, Gradient>> };
  const json = parseConfig(configBytes);
  const { blueprint, part } = identify(json);
  const config = hubOf(blueprint).fromConfig(json, part);
  const spec = { [part]: blueprint.spec(config)[part]! };
  const state = importPart(blueprint, config, part, weights);
  const forward = await loadForward(blueprint.id);
  const { labels, ...inputs } = io.inputs;
  const truths = flat(labels as Nested);
  const positions = truths.flatMap((truth, place) => (truth === IGNORE ? [] : [place]));
  let largest = 0;
  tf.tidy(() => {
    const batch = {
      ...readInputs(inputs),
      positions: tf.tensor1d(positions, 'int32'),
      labels: tf.tensor1d(
        positions.map((place) => truths[place]!),
        'int32',
      ),
      weights: tf.ones([positions.length]),
    };
    const leaves = flatten(spec);
    const lossOf = (...tensors: Tensor[]) => {
      const byName = new Map(leaves.map(([leaf], i) => [leaf, tensors[i]!]));
      const params = build(spec, (leaf) => byName.get(leaf)!);
      const context = { training: false, rng: createRng(0), memory: readMemory(inputs) };
      return forward(params, config, batch, context).loss as tf.Scalar;
    };
    const given = leaves.map(([leaf, { shape }]) => tf.tensor(state.get(leaf)!, [...shape]));
    const { value, grads } = tf.valueAndGrads(lossOf)(given);
    expect(Math.abs(value.dataSync()[0]! - (io.outputs.loss as number))).toBeLessThan(1e-4);
    expect(leaves.map(([leaf]) => leaf.slice(part.length + 1)).sort()).toEqual(Object.keys(gradients).sort());
    leaves.forEach(([leaf], i) => {
      const { shape, values } = gradients[leaf.slice(part.length + 1)]!;
      expect(grads[i]!.shape, leaf).toEqual(shape);
      const ours = grads[i]!.dataSync();
      const most = values.reduce((sofar, one) => Math.max(sofar, Math.abs(one)), 0);
      const apart = values.reduce((sofar, one, k) => Math.max(sofar, Math.abs(one - ours[k]!)), 0);
      expect(apart / most, leaf).toBeLessThan(tolerance);
      largest = Math.max(largest, apart / most);
    });
  });
  return largest;
}
