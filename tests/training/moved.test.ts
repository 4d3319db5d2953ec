import { beforeAll, describe, expect, test } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import { runFrom } from '../../src/training/settings.ts';
import { createTrainer } from '../../src/training/trainer.ts';

beforeAll(() => tf.useBackend('wasm'));

/** A small run with a table of places longer than its rows; BERT's sinusoids are large, so that places are heard. */
const runOf = (architecture: string, options: object = {}, movedBy?: number) =>
  runFrom({
    architecture,
    layers: 1,
    hidden: 8,
    heads: 2,
    batchSize: 4,
    pairingOptions: { sentences: 1 },
    maxLength: 24,
    positions: 'largeSinusoids',
    architectureOptions: { initStd: 0.1, maxLength: 36, ...options },
    ...(movedBy !== undefined && { movedBy }),
  });

async function judgedFrom(run: ReturnType<typeof runOf>, places: readonly number[]) {
  const trainer = await createTrainer(run, await prepare(run.text));
  const found: number[] = [];
  for (const place of places) found.push((await trainer.judgeBy({ firstPlace: place })).losses.mlm!);
  const evaluated = (await trainer.evaluate()).losses.mlm!;
  trainer.dispose();
  return { found, evaluated };
}

describe('held-out rows that begin at another place', () => {
  test('are those of every evaluation, where they begin at place 0', async () => {
    const { found, evaluated } = await judgedFrom(runOf('bert'), [0]);
    expect(found[0]).toBe(evaluated);
  });

  test('change no figure of a DeBERTa without absolute places, to the last digit', async () => {
    const { found } = await judgedFrom(runOf('deberta', { places: 'none' }), [0, 12]);
    expect(new Set(found).size).toBe(1);
  });

  test.each([
    ['bert', {}],
    ['deberta', {}],
    ['deberta', { places: 'input' }],
  ])('are others for %s with %o, which hears of absolute places', async (architecture, options) => {
    const { found } = await judgedFrom(runOf(architecture, options), [0, 12]);
    expect(found[1]).not.toBe(found[0]);
  });

  test('are refused in a sentence where the model has no such places', async () => {
    await expect(judgedFrom(runOf('bert'), [13])).rejects.toThrow(
      'Rows of 24 tokens that begin at place 13 need 37 places, and this model has 36. Give it more, or move the rows less.',
    );
  });
});

describe('rows that begin at a place drawn for each step', () => {
  const lossesOf = async (architecture: string, options: object, movedBy?: number) => {
    const run = runOf(architecture, options, movedBy);
    const trainer = await createTrainer(run, await prepare(run.text));
    const losses: number[] = [];
    for (let step = 0; step < 4; step++) losses.push((await trainer.advance()).losses.mlm!);
    trainer.dispose();
    return losses;
  };
  test('are learned from elsewhere by who hears of absolute places, in the same way each time', async () => {
    const [still, moved, again] = [
      await lossesOf('bert', {}),
      await lossesOf('bert', {}, 12),
      await lossesOf('bert', {}, 12),
    ];
    expect(moved).not.toEqual(still);
    expect(again).toEqual(moved);
  });
  test('change nothing for who hears of none', async () => {
    const options = { places: 'none' };
    expect(await lossesOf('deberta', options, 12)).toEqual(await lossesOf('deberta', options));
  });
});
