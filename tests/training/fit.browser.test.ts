import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { Limits } from '../../src/core/textures.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { deviceLimits, rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { initialState } from '../../src/nn/init.ts';
import { sizesOf } from '../../src/training/arrays.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { asAppError, bytesOf, misfitOf } from '../../src/training/fit.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { createTrainer, type Given } from '../../src/training/trainer.ts';
import { madeData } from '../bench/made-data.ts';
import { middle, runAt } from '../bench/points.ts';
import { countTextures, drawNothing } from '../bench/textures.ts';

const small = { layers: 1, hidden: 8, heads: 1, steps: 4, noisingOptions: {}, architectureOptions: {} };
const words = { corpus: 'pocket-stories', vocabSize: 2000 };

/** What is largest, the settings, and the longest side of its texture, worked out by hand for four rows a fragment. */
const cases: readonly (readonly [what: string, settings: object, side: number])[] = [
  // 40 · 128 / 4; plain scores would do with the root of 40 · 128².
  ['rows of tokens', { batchSize: 40, maxLength: 128 }, 1280],
  // 6 · 2 · 512 / 4, less than the root of 6 · 2 · 512².
  ['scores in a sheet', { heads: 2, batchSize: 6, maxLength: 512 }, 1536],
  // √(16 · 2 · 192²), as 16 · 2 · 192 / 4 is more.
  ['scores in plain ops', { heads: 2, batchSize: 16, maxLength: 192 }, 1087],
  // 24 · (64 + 160) / 4
  [
    'tokens and what is remembered',
    {
      architecture: 'xlnet',
      noising: 'plm',
      pairing: 'following',
      pairingOptions: {},
      architectureOptions: { memoryLength: 160 },
      batchSize: 24,
      maxLength: 64,
    },
    1344,
  ],
  // √(40 · 30 · 2000), judged in plain ops.
  ['guesses', { ...words, noising: 'causal', batchSize: 40, maxLength: 31 }, 1550],
  // √1,448,772
  ['all weights together', { hidden: 128, layers: 7, batchSize: 1, maxLength: 16 }, 1204],
  // √(16 · 64²): those by distance are wider, but packed.
  [
    'scores of plain kernels by distance',
    { kernels: 'plain', architecture: 'xlnet', noising: 'plm', batchSize: 16, maxLength: 64 },
    256,
  ],
  // √(8 · 64 · 192): a teacher is followed at every token.
  ['guesses beside a teacher', { kernels: 'plain', architecture: 'distilbert', batchSize: 8, maxLength: 64 }, 314],
];

const isTaught = (what: string) => what.endsWith('teacher');

/** A teacher as it starts. */
function teacherOf(data: Data): Given {
  const { resize, toy, spec } = blueprints.bert!;
  const size = { layers: 1, hidden: 8, heads: 1, vocabSize: data.vocabulary.size, maxLength: 64, dropout: 0 };
  const config = resize(toy, size);
  const weights = initialState(spec(config), createRng(1));
  return { teacher: { blueprint: blueprints.bert!, config, weights } };
}

afterAll(() => rebuildBackend());

describe.each(cases)('a run whose largest array is %s', (what, settings, side) => {
  const run = runFrom({ ...small, ...settings, ...(isTaught(what) ? { teacher: { file: 'a teacher' } } : {}) });
  let data: Data;
  beforeAll(async () => {
    data = await prepare(run.text);
  });

  /** A step, a look at held-out text and a state to keep, with textures as large as said. */
  async function carryOut(largest: number): Promise<number> {
    await useBackend('webgl');
    await rebuildBackend({ layers: 4, largest });
    const trainer = await createTrainer(run, data, isTaught(what) ? teacherOf(data) : {});
    const { loss } = await trainer.advance();
    const { losses } = await trainer.evaluate();
    await trainer.read();
    trainer.dispose();
    expect(Object.values(losses).every(Number.isFinite)).toBe(true);
    return loss!;
  }
  const limits = (largest: number): Limits => ({ layers: 4, largest });

  test('just fits textures of that side, and is carried out', async () => {
    expect(misfitOf(run, data.vocabulary.size, limits(side))).toBeUndefined();
    expect(await carryOut(side)).toBeGreaterThan(0);
    expect(deviceLimits()).toMatchObject(limits(side));
  });

  test('does not fit textures of one texel less: the engine fails, and so it is foreseen', async () => {
    expect(misfitOf(run, data.vocabulary.size, limits(side - 1))?.code).toBe('too-large');
    const failure = await carryOut(side - 1).catch((error: unknown) => asAppError(error));
    expect(failure).toMatchObject({ code: 'too-large', field: 'batchSize' });
  });
});

test('a run takes the largest value it is told, and no larger one', async () => {
  const run = runFrom({ ...small, heads: 2, batchSize: 16, maxLength: 192 });
  const { vocabulary } = await prepare(run.text);
  const offered: Limits = { layers: 4, largest: 1024 };
  const said = misfitOf(run, vocabulary.size, offered);
  expect(said?.message).toBe(
    'Attention over 16 rows of 192 tokens with 2 heads needs a texture of 1,086 × 1,087 texels, and this device offers at most 1,024 × 1,024. Set Batch to at most 14.',
  );
  const at = (batchSize: number) => misfitOf(withSettings(run, { batchSize }), vocabulary.size, offered);
  expect([at(14), at(15)?.field]).toEqual([undefined, 'batchSize']);
});

describe('the memory that is said before Start is what the textures of a step take, to 15 %', () => {
  const bert = { ...middle, batchSize: 8, layers: 1, architecture: 'bert', kernels: 'fused' };

  test.each([
    ['of long rows', { ...bert, maxLength: 256 }],
    ['of a wide model', { ...bert, hidden: 256, maxLength: 16 }],
    ['of many words', { ...bert, vocabSize: 4096 }],
    ['of two models', { ...bert, architecture: 'electra' }],
    ['of two stacks', { ...bert, architecture: 'bart' }],
    ['of rows in blocks', { ...bert, architecture: 'bigbird', maxLength: 256 }],
    ['of two streams', { ...bert, architecture: 'xlnet' }],
    ['whose last layer works twice', { ...bert, architecture: 'deberta' }],
    ['of distances', { ...bert, architecture: 'transfo-xl' }],
    ['in plain ops', { ...bert, kernels: 'plain' }],
  ])('%s', async (_, { kernels, ...point }) => {
    await useBackend('webgl');
    await rebuildBackend();
    drawNothing();
    const held = countTextures();
    const run = runAt(point, { kernels });
    const trainer = await createTrainer(run, madeData(point.vocabSize));
    await trainer.advance();
    trainer.dispose();
    const ratio = bytesOf(sizesOf(run, point.vocabSize)) / held();
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });
});
