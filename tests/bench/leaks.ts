import { createRng } from '../../src/core/rng.ts';
import { adapterName, rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { initialState } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { stepsOf } from '../../src/training/phases.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer } from '../../src/training/trainer.ts';

/** So small that ten thousand steps take a minute; rows of changing length, as the recipes have them. */
const tiny: Settings = {
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 1,
  maxLength: 12,
  pairingOptions: { sentences: 1 },
  noisingOptions: {},
  optimizer: 'muon',
  warmup: 2,
  dropout: 0.1,
};
const pair = { pairingOptions: { sentencesPerSegment: 1 } };

/** What makes a MobileBERT its own teacher, IB-BERT. */
const wideInside = {
  inner: 16,
  feedForwards: 1,
  source: 'bottleneck',
  norm: 'layer_norm',
  activation: 'gelu',
};

/** A recipe, and the run whose model is its teacher. */
interface Recipe {
  readonly settings: Settings;
  readonly teacher?: Settings;
}

/** One phase a layer and one for the words, as MobileBERT's student has them. */
const floors = (steps: number) =>
  [0, 1, undefined].map((layer) => ({
    steps: layer === undefined ? steps : 20,
    schedule: { learningRate: 0.003, warmup: 2, decayFrom: 0.7 },
    without: layer === undefined ? ['features', 'maps'] : ['noising', 'distillation'],
    ...(layer !== undefined && { trainable: [`model.mobilebert.encoder.layer.${layer}.`] }),
  }));

/** Every recipe that the site comes with, its teachers too, in small, with so many steps. */
const recipesOf = (steps: number): Readonly<Record<string, Recipe>> => ({
  'BERT, hidden words and next sentence': { settings: { pairing: 'nsp', ...pair } },
  'the same with AdamW alone': { settings: { pairing: 'nsp', ...pair, optimizer: 'adamw' } },
  'BERT, left to right': { settings: { noising: 'causal' } },
  RoBERTa: { settings: { architecture: 'roberta' } },
  'ALBERT, sentence order': {
    settings: { architecture: 'albert', pairing: 'sop', ...pair, noisingOptions: { wholeWords: true, ngram: 3 } },
  },
  'XLNet, permuted order': { settings: { architecture: 'xlnet', noising: 'plm' } },
  'Transformer-XL, reading on': {
    settings: {
      architecture: 'transfo-xl',
      pairing: 'following',
      pairingOptions: {},
      noising: 'causal',
      architectureOptions: { memoryLength: 24 },
    },
  },
  'BART, spoilt text': { settings: { architecture: 'bart', noising: 'denoise' } },
  'ELECTRA, replaced tokens': { settings: { architecture: 'electra', noising: 'rtd' } },
  'ConvBERT, replaced tokens': { settings: { architecture: 'convbert', noising: 'rtd' } },
  DeBERTa: { settings: { architecture: 'deberta', layers: 2 } },
  'BigBird, in blocks': { settings: { architecture: 'bigbird', maxLength: 48, pairingOptions: { sentences: 6 } } },
  DistilBERT: { settings: { architecture: 'distilbert' } },
  'DistilBERT and its teacher': {
    settings: { architecture: 'distilbert', start: { stored: '-' }, teacher: { stored: '-' } },
    teacher: { layers: 2 },
  },
  'DistilBERT, told the exact odds': { settings: { architecture: 'distilbert', teacher: { exact: true } } },
  'IB-BERT, MobileBERT’s teacher': {
    settings: { architecture: 'mobilebert', layers: 2, architectureOptions: wideInside },
  },
  'MobileBERT and its teacher, layer by layer': {
    settings: {
      architecture: 'mobilebert',
      layers: 2,
      start: { stored: '-' },
      teacher: { stored: '-' },
      phases: floors(steps),
    },
    teacher: { architecture: 'mobilebert', layers: 2, architectureOptions: wideInside },
  },
});

/** Names of all recipes. */
export const recipeNames = (): readonly string[] => Object.keys(recipesOf(1));

/** What the engine holds: tensors, their bytes and, on WebGL, bytes of the textures in use. */
interface Held {
  readonly tensors: number;
  readonly bytes: number;
  readonly textures: number;
}

/** What was held at the end of a run and not before it. */
export interface Leak {
  readonly name: string;
  readonly adapter: string;
  readonly steps: number;
  /** At the last step, over that after the first ten (of the last phase). */
  readonly grown: Held;
  /** After the model was given back, over that before it was made. */
  readonly left: Held;
  /** Steps whose loss was no number. */
  readonly notFinite: number;
}

function held(): Held {
  const { numTensors, numBytes, numBytesInGPU = 0 } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  return { tensors: numTensors, bytes: numBytes, textures: numBytesInGPU };
}
const over = (now: Held, before: Held): Held => ({
  tensors: now.tensors - before.tensors,
  bytes: now.bytes - before.bytes,
  textures: now.textures - before.textures,
});

/** Steps that come before what is held is noted first: what is made once is made by then. */
const settled = 10;
/** Held-out text is judged this often, as on the site. */
const judgedEvery = 500;

/** Trains one recipe in small, on the backend in use. */
export async function leakOf(name: string, steps: number): Promise<Leak> {
  const { settings, teacher: teacherSettings } = recipesOf(steps)[name]!;
  const run: Run = runFrom({ ...tiny, steps, ...settings });
  const data = await prepare(run.text);
  const models = teacherSettings && blueprintOf(runFrom({ ...tiny, ...teacherSettings }), data.vocabulary.size);
  const given = models && {
    ...models,
    weights: initialState(models.blueprint.spec(models.config), createRng('teacher')),
  };
  const empty = held();
  const { start, teacher } = run.model;
  const trainer = await createTrainer(run, data, {
    ...(start && given && { start: given }),
    ...(teacher && given && { teacher: given }),
  });
  let notFinite = 0;
  async function goTo(goal: number): Promise<void> {
    for await (const { losses } of train(trainer, () => goal))
      if (!Object.values(losses).every(Number.isFinite)) notFinite++;
    await trainer.evaluate();
  }
  const all = stepsOf(run);
  const begin = all - run.phases.at(-1)!.steps + settled;
  await goTo(begin);
  const before = held();
  for (let goal = begin; goal < all; ) {
    goal = Math.min(all, goal + judgedEvery);
    await goTo(goal);
  }
  const grown = over(held(), before);
  trainer.dispose();
  return { name, adapter: adapterName(), steps: all, grown, left: over(held(), empty), notFinite };
}

/** The same on a fresh WebGL, four rows a fragment as on a graphics card: for models so small that is faster here, too. */
export async function leakOnWebGl(name: string, steps: number): Promise<Leak> {
  await useBackend('webgl');
  await rebuildBackend({ layers: 4 });
  return leakOf(name, steps);
}
