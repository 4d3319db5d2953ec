import { afterAll, beforeAll, expect, test } from 'vitest';
import { adapterName, useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import type { RunConfig } from '../../src/training/protocol.ts';
import { defaultRun } from '../../src/training/run.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer, type Trainer } from '../../src/training/trainer.ts';

const tiny: RunConfig = {
  ...defaultRun,
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 2,
  maxLength: 32,
  pairingOptions: { sentences: 1 },
  steps: 2000,
  dropout: 0.1,
};

let trainer: Trainer;
beforeAll(async () => {
  await useBackend('webgl');
  trainer = await createTrainer(tiny, await prepare(tiny));
});
afterAll(() => trainer.dispose());

async function goTo(step: number): Promise<readonly number[]> {
  const losses: number[] = [];
  for await (const { loss } of train(trainer, () => step)) losses.push(loss);
  return losses;
}

/** Tensors, and bytes of all textures. */
function held(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}

test('after 1,000 steps no tensor and no byte is held that was not held after 10', { timeout: 240_000 }, async () => {
  expect(adapterName()).not.toBe('cpu');
  await goTo(10);
  await trainer.evaluate();
  const before = held();
  const losses = await goTo(1000);
  await trainer.evaluate();
  expect(losses).toHaveLength(990);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(held()).toEqual(before);
});

test('fused and plain kernels draw the same first losses', async () => {
  const data = await prepare(tiny);
  const first = async (kernels: RunConfig['kernels']) => {
    const one = await createTrainer({ ...tiny, kernels }, data);
    const losses: number[] = [];
    for await (const { loss } of train(one, () => 4)) losses.push(loss);
    one.dispose();
    return losses;
  };
  const fused = await first('fused');
  const plain = await first('plain');
  fused.forEach((loss, i) => {
    expect(Math.abs(loss - plain[i]!)).toBeLessThan(1e-3);
  });
});
