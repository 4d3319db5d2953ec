import { beforeAll, describe, expect, test } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { classesIn } from '../../src/objectives/make.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { leastNats, oneHole } from '../../src/training/one-hole.ts';
import { runFrom } from '../../src/training/settings.ts';
import { createTrainer } from '../../src/training/trainer.ts';

const kind = { name: 'animal', class: 'animal', next: 'looked' };
const run = runFrom({ maxLength: 36, batchSize: 16, layers: 1, hidden: 8, heads: 1 });
let data: Data;
beforeAll(async () => {
  await tf.useBackend('wasm');
  data = await prepare(run.text);
});

describe('rows with a single hole', () => {
  test('hide one word of the class, with the given word behind it, and nothing else', () => {
    const holes = oneHole(data, run, kind);
    expect(holes.length).toBeGreaterThan(100);
    for (const { made, place } of holes) {
      const { ids } = made.sequence;
      expect(classesIn(made, data.classes!)![place]).toBe('animal');
      expect(data.vocabulary.tokens[ids[place + 1]!]).toBe('looked');
      expect(made.example.inputIds).toEqual(ids.with(place, data.vocabulary.maskId));
      expect(made.example.labels.flatMap((label, i) => (label === IGNORE ? [] : [i]))).toEqual([place]);
    }
  });
  test('cost the exact reader what the grammar leaves open within its sight', () => {
    const holes = oneHole(data, run, kind);
    const bits = (sight: number) => leastNats(data, holes, sight)! / Math.LN2;
    expect(bits(1)).toBeCloseTo(4, 1);
    expect(Math.abs(bits(3) - 2.48)).toBeLessThan(0.15);
    expect(Math.abs(bits(4) - 0.76)).toBeLessThan(0.15);
    expect(bits(Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(bits(4) + 1e-9);
  });
  test('are put to a generator too, and held against what it can see', async () => {
    const options = { initStd: 0.07, convolutionOnly: true, reach: 1 };
    const small = { architecture: 'convbert', noising: 'rtd', noisingOptions: {}, hidden: 16, heads: 4 };
    const near = runFrom({ ...small, layers: 1, maxLength: 36, batchSize: 16, architectureOptions: options });
    const trainer = await createTrainer(near, data);
    const { losses } = await trainer.judgeBy({ hole: kind });
    trainer.dispose();
    expect(losses.best! / Math.LN2).toBeCloseTo(4, 1);
    expect(losses.mlm).toBeGreaterThan(losses.best!);
  });
});
