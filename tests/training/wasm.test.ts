import { afterAll, expect, test } from 'vitest';
import { useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import type { Run } from '../../src/training/run.ts';
import { withSettings } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { useWasm } from '../support/wasm.ts';
import { tinyRecipes } from './tiny-recipes.ts';

afterAll(() => useBackend('cpu'));

/** The losses of three updates and of an evaluation, and the tensors left over. */
async function trained(run: Run) {
  const trainer = await createTrainer(run, await prepare(run.text));
  const losses: number[] = [];
  for await (const { loss } of train(trainer, () => 1)) losses.push(loss);
  const before = tf.memory().numTensors;
  for await (const { loss } of train(trainer, () => 3)) losses.push(loss);
  losses.push(...Object.values((await trainer.evaluate()).losses));
  const left = tf.memory().numTensors - before;
  trainer.dispose();
  return { losses, left };
}

const [first] = tinyRecipes;

test.each([...tinyRecipes, ['Muon', withSettings(first![1], { optimizer: 'muon', layers: 2 })] as const])(
  '%s: on WebAssembly the losses are those of the CPU, and no tensor is left',
  async (_, run) => {
    await useBackend('cpu');
    const expected = await trained(run);
    await useWasm();
    const { losses, left } = await trained(run);
    expect(left).toBe(0);
    expect(losses).toHaveLength(expected.losses.length);
    for (const [i, loss] of losses.entries()) expect(Math.abs(loss - expected.losses[i]!)).toBeLessThan(1e-4);
  },
);
