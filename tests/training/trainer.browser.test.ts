import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapterName, rebuildBackend, useBackend } from '../../src/nn/device.ts';
import * as tf from '../../src/nn/tf.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import type { Run } from '../../src/training/run.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer, type Trainer } from '../../src/training/trainer.ts';

const tiny: Run = runFrom({
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 1,
  maxLength: 12,
  pairingOptions: { sentences: 1 },
  steps: 2000,
  dropout: 0.1,
});
const pair = { pairingOptions: { sentencesPerSegment: 1 } };

/** What leaks shows after ten steps; one recipe goes on for long, in case something is held now and then. */
const recipes: readonly (readonly [steps: number, name: string, run: Run, losses: readonly string[]])[] = [
  [300, 'BERT, hidden words and next sentence', withSettings(tiny, { pairing: 'nsp', ...pair }), ['mlm', 'nsp']],
  [
    60,
    'ALBERT, hidden runs of words and sentence order',
    withSettings(tiny, {
      architecture: 'albert',
      pairing: 'sop',
      ...pair,
      noisingOptions: { wholeWords: true, ngram: 3 },
    }),
    ['mlm', 'sop'],
  ],
  [
    60,
    'XLNet, permuted order',
    withSettings(tiny, { architecture: 'xlnet', noising: 'plm', noisingOptions: {} }),
    ['plm'],
  ],
  [
    60,
    'Transformer-XL, reading on',
    withSettings(tiny, {
      architecture: 'transfo-xl',
      pairing: 'following',
      pairingOptions: {},
      noising: 'causal',
      noisingOptions: {},
      architectureOptions: { memoryLength: 48 },
    }),
    ['causal'],
  ],
  [
    60,
    'ELECTRA, replaced tokens',
    withSettings(tiny, { architecture: 'electra', noising: 'rtd', noisingOptions: {} }),
    ['mlm', 'rtd'],
  ],
  [
    60,
    'BART, spoilt text',
    withSettings(tiny, { architecture: 'bart', noising: 'denoise', noisingOptions: {} }),
    ['denoise'],
  ],
  [60, 'BERT, left to right', withSettings(tiny, { noising: 'causal', noisingOptions: {} }), ['causal']],
];

let data: Data;
beforeAll(async () => {
  await useBackend('webgl');
  data = await prepare(tiny.text);
});

test('fused and plain kernels draw the same first losses', async () => {
  const first = async (kernels: Run['training']['kernels']) => {
    const one = await createTrainer(withSettings(tiny, { batchSize: 2, maxLength: 32, kernels }), data);
    const losses: (number | undefined)[] = [];
    for await (const { loss } of train(one, () => 4)) losses.push(loss);
    one.dispose();
    return losses;
  };
  const fused = await first('fused');
  const plain = await first('plain');
  // A step in which nothing is asked has no loss, whatever computes it.
  expect(fused.map((loss) => loss === undefined)).toEqual(plain.map((loss) => loss === undefined));
  expect(fused.filter((loss) => loss !== undefined).length).toBeGreaterThan(1);
  fused.forEach((loss = 0, i) => {
    expect(Math.abs(loss - (plain[i] ?? 0))).toBeLessThan(1e-3);
  });
});

test('a state and an evaluation are those of their step, whatever updates follow at once', async () => {
  const run = withSettings(tiny, { batchSize: 2, maxLength: 32 });
  const [calm, busy] = [await createTrainer(run, data), await createTrainer(run, data)];
  const reads = [];
  for (let step = 1; step <= 3; step++) {
    // Nobody waits for them.
    reads.push(busy.advance(), busy.evaluate(), busy.read());
    busy.prepare();
  }
  const found = await Promise.all(reads);
  const wanted = [];
  for (let step = 1; step <= 3; step++) wanted.push(await calm.advance(), await calm.evaluate(), await calm.read());
  const timeless = (all: readonly object[]) => all.map((one) => ({ ...one, atMs: 0 }));
  expect(timeless(found)).toEqual(timeless(wanted));
  for (const trainer of [calm, busy]) trainer.dispose();
});

/** Losses of the steps up to `step`, by name. */
async function goTo(step: number, trainer: Trainer): Promise<readonly Readonly<Record<string, number>>[]> {
  const losses: Readonly<Record<string, number>>[] = [];
  for await (const one of train(trainer, () => step)) losses.push(one.losses);
  return losses;
}

/** Tensors, their bytes, and bytes of all textures in use, our own sheets included. */
function held(): { readonly tensors: number; readonly bytes: number; readonly textures: number } {
  const { numTensors, numBytes, numBytesInGPU } = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
  return { tensors: numTensors, bytes: numBytes, textures: numBytesInGPU };
}

describe('in a long run', () => {
  // Four rows a fragment, as on a graphics card: for models so small the software renderer is faster with them, too.
  beforeAll(() => rebuildBackend({ layers: 4 }));

  describe.each(recipes)('of %i steps, %s', (steps, _, run, names) => {
    let trainer: Trainer;
    beforeAll(async () => {
      trainer = await createTrainer(run, data);
    });
    afterAll(() => trainer.dispose());

    test('no tensor and no texture is held at the end that was not held after 10 steps', {
      timeout: 240_000,
    }, async () => {
      expect(adapterName()).not.toBe('cpu');
      await goTo(10, trainer);
      await trainer.evaluate();
      const before = held();
      const losses = await goTo(steps, trainer);
      await trainer.evaluate();
      expect(losses).toHaveLength(steps - 10);
      // Rows so short now and then ask nothing.
      expect([...new Set(losses.flatMap((step) => Object.keys(step)))].sort()).toEqual([...names].sort());
      expect(losses.every((step) => Object.values(step).every(Number.isFinite))).toBe(true);
      expect(before.textures).toBeGreaterThan(0);
      expect(held()).toEqual(before);
    });
  });
});
