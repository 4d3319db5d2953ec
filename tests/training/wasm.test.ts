import { afterAll, expect, test } from 'vitest';
import { useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import type { Run } from '../../src/training/run.ts';
import { withSettings } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { tinyRecipes } from './tiny-recipes.ts';

afterAll(() => useBackend('cpu'));

/** The losses of three updates and of an evaluation, and the tensors left over. */
async function trained(run: Run) {
  const trainer = await createTrainer(run, await prepare(run.text));
  const losses: number[] = [];
  for await (const { loss } of train(trainer, () => 1)) losses.push(loss!);
  const before = tf.memory().numTensors;
  for await (const { loss } of train(trainer, () => 3)) losses.push(loss!);
  for (const loss of Object.values((await trainer.evaluate()).losses)) losses.push(loss!);
  const left = tf.memory().numTensors - before;
  trainer.dispose();
  return { losses, left };
}

const pairs = tinyRecipes.map(([name, run]) => ({ name, run }));
const muon = { name: 'Muon', run: withSettings(pairs[0]!.run, { optimizer: 'muon', layers: 2 }) };

test.each([...pairs, muon])(
  '$name: on WebAssembly the losses are those of the CPU, and no tensor is left',
  async ({ run }) => {
    await useBackend('cpu');
    const expected = await trained(run);
    await useBackend('wasm');
    const { losses, left } = await trained(run);
    expect(left).toBe(0);
    expect(losses).toHaveLength(expected.losses.length);
    for (const [i, loss] of losses.entries()) expect(Math.abs(loss - expected.losses[i]!)).toBeLessThan(1e-4);
  },
);
