import { expect } from 'vitest';
import { build, flatten, sizeOf } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { identify, importPart, parseConfig } from '../../src/hub/checkpoint.ts';
import { loadForward } from '../../src/models/forwards.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { fixture } from './fixtures.ts';
import { type Nested, readInputs } from './reference-io.ts';

interface GradientIo {
  readonly inputs: Readonly<Record<string, Nested>> & { readonly labels: readonly (readonly number[])[] };
  readonly outputs: { readonly loss: number };
  readonly gradients: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>
  >;
}

/** How far a gradient may be from the reference's, as a share of the largest number of its tensor. */
const tolerance = 1e-3;

/** Below this a gradient is 0 but for rounding: a bias of keys shifts all scores of a query alike. */
const nothing = 1e-6;

/**
 * Expects the loss of a fixture and its gradient by every weight to be the reference's; → the largest difference as a
 * share.
 */
export async function expectGradients(name: string): Promise<number> {
  const { config: file, weights, io } = await fixture(name);
  const { inputs, outputs, gradients } = JSON.parse(io) as GradientIo;
  const { labels, ...read } = inputs;
  const json = parseConfig(file);
  const { blueprint, part } = identify(json);
  const config = blueprint.hub.fromConfig(json, part);
  const spec = blueprint.spec(config);
  const numbers = importPart(blueprint, config, part, weights);
  const forward = await loadForward(blueprint.id);
  const leaves = flatten(spec);
  const asked = labels.flat().flatMap((label, place) => (label === IGNORE ? [] : [{ label, place }]));
  let worst = 0;
  tf.tidy(() => {
    const batch = {
      ...readInputs(read),
      positions: tf.tensor1d(
        asked.map(({ place }) => place),
        'int32',
      ),
      labels: tf.tensor1d(
        asked.map(({ label }) => label),
        'int32',
      ),
      weights: tf.ones([asked.length]) as tf.Tensor1D,
    };
    const given = leaves.map(([leafName, { shape }]) => tf.tensor(numbers.get(leafName)!, [...shape]));
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      const byName = new Map(leaves.map(([leafName], i) => [leafName, tensors[i]!]));
      const params = build(spec, (leafName) => byName.get(leafName)!);
      return forward(params, config, batch, { training: false, rng: createRng(0) }).loss as tf.Scalar;
    })(given);
    expect(value.dataSync()[0]).toBeCloseTo(outputs.loss, 4);
    expect(leaves.map(([leafName]) => leafName.slice(part.length + 1)).sort()).toEqual(Object.keys(gradients).sort());
    leaves.forEach(([leafName, { shape }], i) => {
      const wanted = gradients[leafName.slice(part.length + 1)]!;
      expect(wanted.shape, leafName).toEqual(shape);
      const found = grads[i]!.dataSync();
      expect(found.length, leafName).toBe(sizeOf(shape));
      const scale = wanted.values.reduce((most, one) => Math.max(most, Math.abs(one)), nothing);
      const apart = wanted.values.reduce((most, one, j) => Math.max(most, Math.abs(one - found[j]!)), 0);
      if (scale > nothing) worst = Math.max(worst, apart / scale);
      expect(apart, leafName).toBeLessThanOrEqual(Math.max(tolerance * scale, nothing));
    });
  });
  return worst;
}
