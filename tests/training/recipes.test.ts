import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { createRng } from '../../src/core/rng.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { noisings } from '../../src/objectives/catalog.ts';
import { trainingBatch } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import { floorsOf } from '../../src/training/floors.ts';
import { blueprintOf, canLearn } from '../../src/training/model.ts';
import type { Run } from '../../src/training/run.ts';
import { withSettings } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer } from '../../src/training/trainer.ts';
import { pair, tiny, tinyRecipes } from './tiny-recipes.ts';

beforeAll(() => useBackend('wasm'));

describe.each(tinyRecipes)('%s', (_, run, losses) => {
  it('trains, is judged on held-out text, and leaves no tensor behind', async () => {
    const trainer = await createTrainer(run, await prepare(run.text));
    for await (const _step of train(trainer, () => 1));
    const before = tf.memory().numTensors;
    const steps = [];
    for await (const step of train(trainer, () => 3)) steps.push(step);
    const { losses: judged, accuracies } = await trainer.evaluate();
    expect(Object.keys(steps[0]!.losses)).toEqual(losses);
    expect(steps.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(steps.every(({ scoredShare }) => scoredShare > 0 && scoredShare <= 1)).toBe(true);
    expect(Object.keys(judged)).toEqual(losses);
    expect(Object.values(accuracies).every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
  });

  it('has an exact floor below the loss of knowing nothing', async () => {
    const { best, uniform } = floorsOf(await prepare(run.text), run);
    expect(Object.keys(best).length).toBeGreaterThan(0);
    for (const { loss } of Object.values(best)) {
      expect(loss).toBeGreaterThanOrEqual(0);
      expect(loss).toBeLessThan(uniform);
    }
  });
});

it('in a first phase only true pairs are shown and nothing is asked about them', async () => {
  const run: Run = withSettings(tiny, { pairing: 'nsp', ...pair, warmUpSteps: 2, steps: 4 });
  const trainer = await createTrainer(run, await prepare(run.text));
  const parts: string[][] = [];
  for await (const { losses } of train(trainer, () => 4)) parts.push(Object.keys(losses));
  expect(parts).toEqual([['mlm'], ['mlm'], ['mlm', 'nsp'], ['mlm', 'nsp']]);
  trainer.dispose();
});

it('the first phase may hide more than the second, for hidden words tell nothing about the pair', async () => {
  const noisingOptions = { count: 'content', contentRate: 0.05, functionRate: 0 };
  const warmUpOptions = { contentRate: 1, functionRate: 1 };
  const run: Run = withSettings(tiny, {
    pairing: 'nsp',
    ...pair,
    batchSize: 16,
    warmUpSteps: 2,
    noisingOptions,
    warmUpOptions,
  });
  const data = await prepare(run.text);
  const asked = (step: number) => trainingBatch(data, run, step, createRng('batch')).weights.reduce((a, b) => a + b, 0);
  const words = trainingBatch(data, run, 1, createRng('batch')).tokens - 3 * run.training.batchSize;
  expect(asked(2)).toBe(words);
  expect(asked(3)).toBeLessThan(0.1 * words);
});

it('every objective finds an architecture that can learn it, and every architecture learns what its paper trains it with', () => {
  const able = (noising: string) => Object.values(blueprints).filter((one) => canLearn(one, noising));
  expect(Object.keys(noisings).filter((noising) => able(noising).length === 0)).toEqual([]);
  for (const blueprint of Object.values(blueprints)) expect(able(blueprint.recipe.noising)).toContain(blueprint);
  expect(able('mlm').map(({ id }) => id)).toEqual(expect.arrayContaining(['albert', 'bert', 'distilbert', 'roberta']));
  expect(able('mlm').map(({ id }) => id)).not.toContain('bart');
});

it('an architecture without the heads an objective needs is refused with the ones that have them', () => {
  const run: Run = withSettings(tiny, { noising: 'rtd' });
  expect(() => blueprintOf(run, 192)).toThrow(AppError);
  expect(() => blueprintOf(run, 192)).toThrow(/Choose .*ELECTRA/);
});
