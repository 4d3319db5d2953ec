import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, flatten, type Leaf, type Spec } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { AnyBlueprint, AnyForward } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { initialState } from '../../src/nn/init.ts';
import { type KernelMode, setKernels } from '../../src/nn/kernels/kernel.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { sampleBatch } from '../support/batch.ts';

const size = { layers: 2, hidden: 16, heads: 2, vocabSize: 24, maxLength: 12, dropout: 0.3 };

afterAll(() => setKernels('fused'));

describe.each(Object.values(blueprints))('$name', (blueprint: AnyBlueprint) => {
  const config = blueprint.resize(blueprint.toy, size);
  const target = blueprint.answers.includes('text');
  const spec = blueprint.spec(config);
  const noise = (leaf: Leaf): Leaf => ({ ...leaf, init: { kind: 'normal', std: 0.3 } });
  const state = initialState(build(spec, (_, leaf) => noise(leaf)) as Spec, createRng('noise'));
  const leaves = flatten(spec).filter(([, leaf]) => !leaf.buffer);
  let forward: AnyForward;

  /** Loss and gradients of one training step, dropout on. */
  async function step(backend: 'cpu' | 'webgl', mode: KernelMode) {
    await tf.useBackend(backend);
    setKernels(mode);
    const result = { loss: 0, gradients: [] as Float32Array[] };
    tf.tidy(() => {
      const given = leaves.map(([name, { shape }]) => tf.tensor(state.get(name)!, [...shape]));
      const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
        const byName = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
        const params = build(spec, (name, { shape }) => byName.get(name) ?? tf.tensor(state.get(name)!, [...shape]));
        const context = { training: true, rng: createRng(1) };
        return forward(params, config, sampleBatch({ target }), context).loss as tf.Scalar;
      })(given);
      result.loss = value.dataSync()[0]!;
      result.gradients = grads.map((gradient) => gradient.dataSync() as Float32Array);
    });
    return result;
  }

  let expected: Awaited<ReturnType<typeof step>>;
  beforeAll(async () => {
    forward = await loadForward(blueprint.id);
    expected = await step('cpu', 'plain');
  });

  // Ops of TensorFlow.js are its own to test: one architecture shows that ours are put together well on WebGL, too.
  const modes = blueprint.id === 'bert' ? (['plain', 'fused'] as const) : (['fused'] as const);
  it.each(modes)('takes the same step on WebGL with %s kernels as on the CPU', async (mode) => {
    const { loss, gradients } = await step('webgl', mode);
    expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-4 * Math.max(1, expected.loss));
    leaves.forEach(([name], i) => {
      const wanted = expected.gradients[i]!;
      const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-2);
      const apart = wanted.reduce((most, value, j) => Math.max(most, Math.abs(value - gradients[i]![j]!)), 0);
      expect(apart / scale, name).toBeLessThan(1e-3);
    });
  });
});
