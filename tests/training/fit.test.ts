import { env } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl/dist/flags_webgl.js';
import { getTextureShapeFromLogicalShape } from '@tensorflow/tfjs-backend-webgl/dist/webgl_util.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentOf, listExperiments } from '../../src/app/experiments.ts';
import { course } from '../../src/app/lessons.ts';
import { type Limits, leastLimits, plainExtent } from '../../src/core/textures.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { runOf } from '../../src/training/arm.ts';
import { arraysOf, sizesOf } from '../../src/training/arrays.ts';
import { asAppError, bytesOf, misfitOf, strainOf } from '../../src/training/fit.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { runFrom, startingRun, withSettings } from '../../src/training/settings.ts';
import { runAt } from '../bench/points.ts';
import sweep from '../bench/sweep.json' with { type: 'json' };
import { fakeSession, tiny } from './fake-session.ts';
import '../support/pictures.ts';

/** A graphics card, a telephone, and the software renderer of the tests. */
const card = { largest: 16384, layers: 4 };
const phone = { largest: 4096, layers: 4 };
const software = { largest: 8192, layers: 8 };

const plainly = { noisingOptions: {}, architectureOptions: {} };
const xlnet = { ...plainly, architecture: 'xlnet', noising: 'plm' };

const extents = (settings: Settings, limits = card) => {
  const run = runFrom({ ...plainly, ...settings });
  const arrays = arraysOf(sizesOf(run, run.text.vocabSize), limits);
  return Object.fromEntries(arrays.map(({ kind, extent: { width, height } }) => [kind, [width, height]]));
};

describe('the largest arrays of a step', () => {
  it('lie in sheets of four columns a texel and four rows a fragment, or as TensorFlow.js lays them out', () => {
    // 64 · 512 / 4 rows of 2048 / 4; 64 · 2 · 512 / 4 rows of 512 / 4; 64 · 77 guesses; √7,195,780.
    expect(extents({ batchSize: 64, maxLength: 512, hidden: 512 })).toEqual({
      tokens: [512, 8192],
      scores: [128, 16384],
      guesses: [192, 4928],
      weights: [2682, 2683],
    });
    // Eight rows a fragment.
    expect(extents({ batchSize: 64, maxLength: 512, hidden: 512 }, software)).toMatchObject({
      tokens: [512, 4096],
      scores: [128, 8192],
    });
  });

  it('have scores in plain ops where a sheet would be too high, or a head is no multiple of four wide', () => {
    // √(64 · 8 · 512 · 512), as 64 · 8 · 512 / 4 is more than there is.
    expect(extents({ batchSize: 64, maxLength: 512, hidden: 512, heads: 8 }).scores).toEqual([11585, 11586]);
    expect(extents({ batchSize: 4, maxLength: 30, hidden: 12, heads: 2 }).scores).toEqual([30, 240]);
  });

  it('count what is remembered only where text goes on', () => {
    const remembering = { ...xlnet, architectureOptions: { memoryLength: 100 }, maxLength: 60, batchSize: 4 };
    expect(extents(remembering).tokens).toEqual([64, 60]);
    expect(extents({ ...remembering, pairing: 'following', pairingOptions: {} }).tokens).toEqual([64, 160]);
  });

  it('have guesses at every token where there is a teacher', () => {
    const student = { architecture: 'distilbert', batchSize: 4, maxLength: 60 };
    expect(extents(student).guesses).toEqual([192, 36]);
    expect(extents({ ...student, teacher: { file: 'a teacher' } }).guesses).toEqual([192, 240]);
  });

  it('are laid out as TensorFlow.js itself does it', () => {
    env().set('WEBGL_MAX_TEXTURE_SIZE', 512);
    const side = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(side, side, (rows, cols) => {
        const [height, width] = getTextureShapeFromLogicalShape([rows, cols]);
        expect(plainExtent(rows, cols, { largest: 512 })).toEqual({ width, height });
      }),
    );
  });
});

/** What is too large, what it needs and what there is, and what to do. */
const refusals: readonly (readonly [Settings, Limits, string])[] = [
  [
    { batchSize: 256, maxLength: 512 },
    card,
    'A step that reads 256 rows of 512 tokens needs a texture of 64 × 32,768 texels, and this device offers at most 16,384 × 16,384. Set Batch to at most 128.',
  ],
  [
    { batchSize: 64, maxLength: 512, hidden: 512 },
    phone,
    'A step that reads 64 rows of 512 tokens needs a texture of 512 × 8,192 texels, and this device offers at most 4,096 × 4,096. Set Batch to at most 32.',
  ],
  [
    { batchSize: 64, maxLength: 512, hidden: 512, heads: 16 },
    software,
    'Attention over 64 rows of 512 tokens with 16 heads needs a texture of 16,384 × 16,384 texels, and this device offers at most 8,192 × 8,192. Set Batch to at most 16.',
  ],
  [
    { batchSize: 256, maxLength: 256, noising: 'causal', vocabSize: 4096 },
    software,
    'The 65,280 guesses of a step among 4,096 tokens need a texture of 16,352 × 16,352 texels, and this device offers at most 8,192 × 8,192. Set Batch to at most 64.',
  ],
  [
    { layers: 12, hidden: 512 },
    software,
    'All 38,476,996 weights together need a texture of 1,024 × 9,394 texels, and this device offers at most 8,192 × 8,192. Set Layers to at most 10.',
  ],
  [
    { layers: 1, hidden: 510, heads: 3, vocabSize: 4096 },
    leastLimits,
    'All 5,766,620 weights together need a texture of 2,401 × 2,402 texels, and this device offers at most 2,048 × 2,048. Set Width to at most 417.',
  ],
];

const refused = (settings: Settings, limits: Limits) => {
  const run = runFrom({ ...plainly, ...settings });
  return misfitOf(run, run.text.vocabSize, limits);
};

describe('a run that does not fit a device', () => {
  it.each(refusals)(
    'is refused in a sentence that says how far to turn down what: %o on %o',
    (settings, limits, said) => {
      expect(refused(settings, limits)?.message).toBe(said);
    },
  );

  it('names the control that is to be turned down', () => {
    expect(refusals.map(([settings, limits]) => refused(settings, limits)?.field)).toEqual([
      'batchSize',
      'batchSize',
      'batchSize',
      'batchSize',
      'layers',
      'hidden',
    ]);
    expect(refused({ batchSize: 256, maxLength: 512 }, card)?.code).toBe('too-large');
  });

  it('is told the largest value that does, whatever its settings and the device', () => {
    const settings = fc.record({
      architecture: fc.constantFrom(...Object.keys(blueprints)),
      batchSize: fc.integer({ min: 1, max: 256 }),
      maxLength: fc.integer({ min: 8, max: 512 }),
      width: fc.integer({ min: 1, max: 32 }),
      heads: fc.integer({ min: 1, max: 16 }),
      layers: fc.integer({ min: 1, max: 12 }),
      vocabSize: fc.integer({ min: 192, max: 4096 }),
      kernels: fc.constantFrom('fused', 'plain'),
    });
    const largest = fc.constantFrom(2048, 4096, 8192, 16384);
    const layers = fc.constantFrom(4, 8);
    fc.assert(
      fc.property(settings, fc.record({ largest, layers }), ({ width, ...rest }, limits) => {
        const noising = blueprints[rest.architecture]!.recipe.noising;
        const hidden = Math.max(1, Math.floor(512 / rest.heads / 32)) * width * rest.heads;
        const run = runFrom({ ...plainly, ...rest, noising, hidden });
        const said = misfitOf(run, run.text.vocabSize, limits);
        const [, value] = /Set \w+ to at most (\d+)\.$/.exec(said?.message ?? '') ?? [];
        if (!said) return;
        const at = (n: number) =>
          misfitOf(withSettings(run, { [said.field!]: n }), run.text.vocabSize, limits)?.message.split(/\d/)[0];
        expect(at(Number(value))).not.toBe(said.message.split(/\d/)[0]);
        expect(at(Number(value) + (said.field === 'hidden' ? rest.heads : 1))).toBeDefined();
      }),
    );
  });
});

describe('every run that the site offers', () => {
  const experiments = listExperiments().flatMap(({ slug, id }) => {
    const experiment = experimentOf(slug, id)!;
    return experiment.arms.map((arm) => [`${slug}/${id}, ${arm.label}`, runOf(experiment, arm, '1')] as const);
  });
  const lessons = course.map(({ slug, settings }) => [slug, runFrom(settings)] as const);

  it.each([['the one a visitor begins with', startingRun] as const, ...lessons, ...experiments])(
    'fits every device: %s',
    (_, run) => {
      expect(misfitOf(run, run.text.vocabSize, leastLimits)).toBeUndefined();
      expect(strainOf(run, run.text.vocabSize)).toBeUndefined();
    },
  );
});

describe('the memory of a step', () => {
  const strain = (settings: Settings) => strainOf(runFrom(settings), 192);

  it('that is more than a page may count on is said, and how to stay below', () => {
    expect(strain({ batchSize: 64, maxLength: 512, hidden: 512 })).toBe(
      'A step of this run takes about 5.8 GB of the memory of the graphics card. Where there is less, the run stops. Set Batch to at most 20 to stay below 2 GB.',
    );
    expect(strain({ batchSize: 20, maxLength: 512, hidden: 512 })).toBeUndefined();
    expect(strain({ batchSize: 21, maxLength: 512, hidden: 512 })).toBeDefined();
  });

  it('is at every point of the stored sweep what the textures of a step took, to 15 %', () => {
    const trained = sweep.points.filter((point) => 'heldBytes' in point);
    const ratios = trained.map(
      ({ heldBytes, ...point }) => bytesOf(sizesOf(runAt(point), point.vocabSize)) / heldBytes,
    );
    expect(trained.length).toBeGreaterThan(20);
    expect(Math.min(...ratios)).toBeGreaterThan(0.85);
    expect(Math.max(...ratios)).toBeLessThan(1.15);
  });
});

describe('the worker', () => {
  const failure = async (run: Run, limits: Limits) => {
    const one = fakeSession({ limits });
    await one.receive({ type: 'start', run });
    return one.heard.find(({ type }) => type === 'failed');
  };

  it('refuses a run that does not fit before it builds the model', async () => {
    const large = withSettings(tiny, { batchSize: 256, maxLength: 512 });
    expect(await failure(large, card)).toMatchObject({
      code: 'too-large',
      field: 'batchSize',
      text: expect.stringMatching(/^A step that reads 256 rows of 512 tokens.* Set Batch to at most 128\.$/),
    });
    expect(await failure(tiny, leastLimits)).toBeUndefined();
  });

  it('says in the same way what the engine says of a texture that was not foreseen', () => {
    const raw = new Error(
      'Requested texture size [20000x7] greater than WebGL maximum on this browser / GPU [16384x16384].',
    );
    expect(asAppError(raw)).toMatchObject({ code: 'too-large', field: 'batchSize' });
    expect(asAppError(raw).message).toBe(
      'An array of this run needs a texture of 20,000 × 7 texels, and this device offers at most 16,384 × 16,384. Choose a smaller batch, length or width, or fewer layers.',
    );
    expect(asAppError(new Error('x is not a function')).message).toBe(
      'Something went wrong in the training itself: x is not a function',
    );
  });
});
