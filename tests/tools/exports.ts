import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fields } from '../../src/checks/reference-io.ts';
import { build, count, type Leaf, type Spec } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { hubOf } from '../../src/models/hubs.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { makeExample } from '../../src/objectives/make.ts';
import { type Data, prepare, recipeOf, textOf } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';
import { besideModel, modelFiles } from '../../src/training/zip-model.ts';
import { sampleBatch } from '../support/batch.ts';

/** What all exported runs share: as small as their matrices may be for Muon to move them. */
const small: Settings = {
  layers: 2,
  hidden: 24,
  heads: 3,
  maxLength: 24,
  batchSize: 16,
  steps: 40,
  warmup: 4,
  dropout: 0.1,
  optimizer: 'muon',
  pairingOptions: {},
  noisingOptions: {},
  architectureOptions: {},
};

/** Beside each architecture's own recipe: the ways of the others, and what only few models do. */
const further: Readonly<Record<string, Settings>> = {
  'bert-runs': {
    architecture: 'bert',
    pairing: 'nsp',
    pairingOptions: { sentencesPerSegment: 1 },
    noisingOptions: { count: 'content', maskShare: 0.7, randomShare: 0.2 },
    optimizer: 'adamw',
  },
  'bert-causal': { architecture: 'bert', pairing: 'packed', noising: 'causal' },
  'albert-runs': {
    architecture: 'albert',
    pairing: 'sop',
    noisingOptions: { ngram: 3, wholeWords: true },
    corpus: 'pocket-stories',
    vocabSize: 600,
  },
  'roberta-bytes': {
    architecture: 'roberta',
    tokenizer: 'bytes',
    vocabSize: 500,
    noisingOptions: { count: 'rounded', wholeWords: true },
  },
  'xlnet-memory': {
    architecture: 'xlnet',
    pairing: 'following',
    noising: 'plm',
    noisingOptions: { order: 'spans' },
    architectureOptions: { memoryLength: 16 },
  },
  'bart-noise': {
    architecture: 'bart',
    noising: 'denoise',
    corpus: 'pocket-stories',
    vocabSize: 600,
    maxLength: 48,
    noisingOptions: {
      permuteShare: 0.5,
      maskRate: 0.1,
      deleteRate: 0.1,
      infillRate: 0.2,
      randomShare: 0.1,
      insertRate: 0.1,
      rotateRate: 0.5,
    },
  },
  'bart-spans': { architecture: 'bart', noising: 'denoise', noisingOptions: { permuteShare: 0, spans: 'sentence' } },
};

/** Sentences that both tokenizers read, and examples that both pipelines draw. */
const sentences = 200;
const examples = 2000;

/**
 * Writes an exported folder for every architecture and some further runs, with what we compute from it in io.json, how
 * we cut sentences in sentences.json, and what we draw in examples.json; `check-exports.py` compares.
 */
export async function main([folder]: string[]): Promise<number> {
  if (!folder) {
    process.stderr.write('Usage: node tests/tools/run.mjs exports DIR\n');
    return 2;
  }
  await tf.useBackend('cpu');
  const own = Object.values(blueprints).map(({ id, recipe }) => [id, { architecture: id, ...recipe }] as const);
  for (const [name, settings] of [...own, ...Object.entries(further)])
    await writeOne(runFrom({ ...small, ...settings }), join(folder, name));
  return 0;
}

async function writeOne(run: Run, folder: string): Promise<void> {
  const data = await prepare(run.text, undefined, undefined, false);
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  const spec = blueprint.spec(config);
  const noise = (leaf: Leaf): Leaf => ({ ...leaf, init: { kind: 'normal', std: 0.3 } });
  const state = initialState(build(spec, (_, leaf) => noise(leaf)) as Spec, createRng('exports'));
  const reached = { step: 10, steps: [], evaluations: [], adapter: 'the processor', parameters: count(spec) };
  const files: Record<string, Uint8Array | string> = {
    ...modelFiles(run, data.tokenizer, Object.fromEntries(state)),
    ...(await besideModel(run, data.tokenizer, reached)),
    'sentences.json': JSON.stringify(await cut(run, data)),
    'examples.json': JSON.stringify(draw(run, data)),
  };

  const { positions: _, labels: __, weights: ___, ...batch } = sampleBatch({ target: true });
  const forward = await loadForward(blueprint.id);
  // What the reference does not compute is not asked of it.
  const asRead = hubOf(blueprint).lost?.(config)?.config ?? config;
  const { logits } = forward(toParams(spec, state), asRead, batch, { training: false, rng: createRng(0) });
  const inputs = Object.fromEntries(
    Object.entries(fields).map(([name, { field }]) => [name, batch[field]!.arraySync()]),
  );
  const parts = Object.entries(hubOf(blueprint).classes);
  for (const [part, name] of parts) {
    const prefix = parts.length > 1 ? `${part}.` : '';
    const own = Object.entries(logits).filter(([output]) => output.startsWith(prefix));
    const outputs = Object.fromEntries(own.map(([output, value]) => [output.slice(prefix.length), value.arraySync()]));
    files[`${parts.length > 1 ? `${part}/` : ''}io.json`] = JSON.stringify({ class: name, inputs, outputs });
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** Lines from all over a text, and the ids that we cut them into. */
async function cut({ text: choice }: Run, { tokenizer }: Data): Promise<object> {
  const lines = (await textOf(choice)).split('\n').filter((line) => line.trim() !== '');
  const every = Math.max(1, Math.floor(lines.length / sentences));
  const chosen = lines.filter((_, i) => i % every === 0).slice(0, sentences);
  return chosen.map((text) => ({ text, ids: tokenizer.encode(text) }));
}

/** Examples of a run's recipe, without what is computed from them; `ids` is the text before any noise. */
function draw(run: Run, { train, vocabulary }: Data): readonly object[] {
  const rng = createRng('exports');
  return Array.from({ length: examples }, (_, i) => {
    const { sequence, example } = makeExample(train, recipeOf(run), vocabulary, rng.fork(`example ${i}`));
    const { inputIds, labels, pairLabel, permMask } = example;
    return {
      ids: sequence.ids,
      input_ids: example.generatorIds ?? inputIds,
      labels,
      pair: pairLabel ?? -100,
      ...(permMask && { perm_mask: permMask }),
    };
  });
}
