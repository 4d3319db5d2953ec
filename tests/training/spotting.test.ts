import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import { runFrom } from '../../src/training/settings.ts';
import { swappedRows, toldApart } from '../../src/training/spotting.ts';
import { createTrainer } from '../../src/training/trainer.ts';

beforeAll(() => tf.useBackend('wasm'));

const fake = (score: number) => ({ score, isFake: true });
const original = (score: number) => ({ score, isFake: false });

describe('fakes are told', () => {
  test('from all others where each of them is the more suspicious one', () => {
    expect(toldApart([original(-3), original(-1), fake(0.5), fake(2)])).toBe(1);
    expect(toldApart([fake(-3), original(-1)])).toBe(0);
  });
  test('pair by pair, equal ones counting half', () => {
    // Of six pairs four are right and one is even.
    expect(toldApart([original(0), original(1), original(3), fake(1), fake(4)])).toBeCloseTo(4.5 / 6, 12);
    expect(toldApart([original(2), fake(2), original(2), fake(2)])).toBe(0.5);
  });
  test('by nothing where there are only fakes, or none', () => {
    expect(toldApart([fake(1), fake(2)])).toBe(0.5);
    expect(toldApart([])).toBe(0.5);
  });
  test('word by word of a class, each beside its original', () => {
    const made = [
      { ids: [1, 5, 9], segments: [0, 0, 0] },
      { ids: [1, 6, 9], segments: [0, 0, 0] },
    ];
    const kinds = [
      [undefined, 'city', 'place'],
      [undefined, 'city', undefined],
    ] as const;
    const { city, place } = swappedRows(made, kinds, createRng(1));
    expect(city?.map(({ ids, fakes, places }) => [ids[1], fakes.has(1), places])).toEqual([
      [5, false, [1]],
      [6, true, [1]],
      [6, false, [1]],
      [5, true, [1]],
    ]);
    // Of a class with one word there is nothing to exchange it for.
    expect(place).toEqual([]);
  });
  test('by a model that has learned nothing about as often as by a coin', async () => {
    const run = runFrom({
      architecture: 'electra',
      noising: 'rtd',
      noisingOptions: {},
      layers: 1,
      hidden: 8,
      heads: 2,
      batchSize: 4,
    });
    const trainer = await createTrainer(run, await prepare(run.text));
    const before = tf.memory().numTensors;
    const { step, accuracies } = await trainer.readBack();
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
    expect(step).toBe(0);
    expect(Object.keys(accuracies)).toEqual(expect.arrayContaining(['apart', 'apart.city', 'apart.place']));
    expect(Math.abs(accuracies.apart! - 0.5)).toBeLessThan(0.15);
  });
});
