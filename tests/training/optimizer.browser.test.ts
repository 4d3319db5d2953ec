import { beforeAll, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { forward } from '../../src/models/bert/forward.ts';
import { blueprint } from '../../src/models/bert/spec.ts';
import { rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { initialState } from '../../src/nn/init.ts';
import { type KernelMode, setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';
import { createOptimizer } from '../../src/training/optimizer.ts';
import { sampleBatch } from '../support/batch.ts';
import { describeRows } from '../support/rows.ts';

const config = { ...blueprint.toy, vocabSize: 24, hidden: 16, inner: 32, heads: 2, maxLength: 8 };
const spec = blueprint.spec(config);
const settings = {
  rate: () => 0.01,
  weightDecay: 0.1,
  clip: 0.5,
};

/** A small BERT, trained with dropout from a fixed seed. */
function start(mode: KernelMode) {
  setKernels(mode);
  const rng = createRng('optimizer');
  const optimizer = createOptimizer(spec, initialState(spec, rng), settings);
  const step = () =>
    optimizer.step((params) =>
      forward(params, config, sampleBatch(), { training: true, rng: rng.fork(`step ${optimizer.steps}`) }),
    );
  return { optimizer, step };
}

async function train(mode: KernelMode) {
  const { optimizer, step } = start(mode);
  const losses: number[] = [];
  for (let i = 0; i < 6; i++) {
    const report = step();
    losses.push(...(await report.data()));
    report.dispose();
  }
  const state = await optimizer.read();
  optimizer.dispose();
  return { losses, state };
}

describeRows('training on the GPU with %i rows a fragment', (layers) => {
  beforeAll(async () => {
    await useBackend('webgl');
    await rebuildBackend({ layers });
  });

  it('gives the same losses and weights with fused kernels as with plain ones on the CPU', async () => {
    await useBackend('cpu');
    const plain = await train('plain');
    await useBackend('webgl');
    const fused = await train('fused');
    expect(plain.losses).toHaveLength(18);
    plain.losses.forEach((loss, i) => {
      expect(Math.abs(fused.losses[i]! - loss)).toBeLessThan(1e-4);
    });
    let apart = 0;
    for (const [name, values] of plain.state.weights)
      values.forEach((value, i) => {
        apart = Math.max(apart, Math.abs(value - fused.state.weights.get(name)![i]!));
      });
    expect(apart).toBeLessThan(2e-3);
    expect(apart).toBeGreaterThan(0);
  });

  it('holds as many tensors and as many bytes on the GPU after ten steps as before', () => {
    const { optimizer, step } = start('fused');
    for (let i = 0; i < 2; i++) step().dispose();
    const { numTensors, numDataBuffers, ...rest } = tf.memory();
    for (let i = 0; i < 10; i++) step().dispose();
    const now = tf.memory();
    expect(now.numTensors).toBe(numTensors);
    expect(now.numDataBuffers).toBe(numDataBuffers);
    expect(now).toHaveProperty('numBytesInGPU', (rest as unknown as { numBytesInGPU: number }).numBytesInGPU);
    optimizer.dispose();
  });

  it('goes on from a saved state to the last digit', async () => {
    const { optimizer, step } = start('fused');
    step().dispose();
    const saved = await optimizer.read();
    const report = step();
    const [expected] = await report.data();
    optimizer.dispose();
    report.dispose();
    const other = start('fused');
    other.optimizer.load(saved);
    const again = other.step();
    expect((await again.data())[0]).toBe(expected);
    again.dispose();
    other.optimizer.dispose();
  });
});
