import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer, type Plugin, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../src/training/run.ts';

// A copy of the sources with one folder more: what the catalogs find there is what they would find here.
const repository = fileURLToPath(new URL('../..', import.meta.url));
let copy: string;
let server: ViteDevServer;

/** In Node the engine's gradients load faster from one bundle. */
const gradientsInOneBundle: Plugin = {
  name: 'gradients-in-one-bundle',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/nn/tf.ts')
      ? code.replace('@tensorflow/tfjs-core/dist/register_all_gradients', '@tensorflow/tfjs')
      : undefined,
};

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'one-folder-'));
  for (const folder of ['core', 'text', 'objectives', 'nn', 'models', 'hub', 'training', 'figures', 'panels', 'app'])
    cpSync(join(repository, 'src', folder), join(copy, folder), { recursive: true });
  cpSync(join(repository, 'tests/objectives/echo'), join(copy, 'objectives/echo'), { recursive: true });
  cpSync(join(repository, 'tests/panels/echo'), join(copy, 'panels/stages/echo'), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
  server = await createServer({
    root: copy,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
    plugins: [gradientsInOneBundle],
  });
});

afterAll(async () => {
  await server?.close();
  if (copy) rmSync(copy, { recursive: true });
});

/** A module of the copy, typed as the one it was copied from. */
const load = <M>(path: string) => server.ssrLoadModule(`/${path}`) as Promise<M>;

async function echoRun(): Promise<Run> {
  const { decodeRun } = await load<typeof import('../../src/app/run-address.ts')>('app/run-address.ts');
  const small = 'layers=1&hidden=8&heads=2&batchSize=2&steps=8&warmup=2';
  const { run, problems } = decodeRun(new URLSearchParams(`noising=echo&noising.first=true&${small}`));
  expect(problems).toEqual([]);
  return run;
}

test('an objective that is one folder can be asked for by its address, with its options', async () => {
  expect(await echoRun()).toMatchObject({ recipe: { noising: 'echo', noisingOptions: { first: true } } });
});

test('it makes examples with every pairing', async () => {
  const { makeExample } = await load<typeof import('../../src/objectives/make.ts')>('objectives/make.ts');
  const { createRng } = await load<typeof import('../../src/core/rng.ts')>('core/rng.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { train, vocabulary } = await prepare((await echoRun()).text);
  for (const pairing of ['contiguous', 'nsp', 'sop']) {
    const recipe = { pairing, noising: 'echo', pairingOptions: { maxLength: 40 }, noisingOptions: { first: true } };
    const { sequence, example, notes } = makeExample(train, recipe, vocabulary, createRng(1));
    expect(example.labels.filter((label) => label >= 0)).toEqual([sequence.ids[1]]);
    expect(notes).toEqual([{ position: 1, kind: 'asked', text: 'asked for as it stands' }]);
  }
});

test('every architecture that can answer it trains with it, and its loss goes by its name', async () => {
  const { useBackend } = await load<typeof import('../../src/nn/device.ts')>('nn/device.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { createTrainer } = await load<typeof import('../../src/training/trainer.ts')>('training/trainer.ts');
  const { canLearn } = await load<typeof import('../../src/training/model.ts')>('training/model.ts');
  const { blueprints } = await load<typeof import('../../src/models/catalog.ts')>('models/catalog.ts');
  await useBackend('cpu');
  const { withSettings } = await load<typeof import('../../src/training/settings.ts')>('training/settings.ts');
  const run = await echoRun();
  const data = await prepare(run.text);
  const able = Object.values(blueprints).flatMap((one) => (canLearn(one, 'echo') ? [one.id] : []));
  expect(able).toEqual(expect.arrayContaining(['albert', 'bert', 'distilbert', 'roberta']));
  for (const architecture of able) {
    const trainer = await createTrainer(withSettings(run, { architecture }), data);
    const { loss, losses } = await trainer.advance();
    expect(losses).toEqual({ echo: loss });
    expect(loss).toBeGreaterThan(0);
    expect(Object.keys((await trainer.evaluate()).accuracies)).toEqual(['echo']);
    trainer.dispose();
  }
});

test('a stage of its own is found beside the others, and a noising without one has none', async () => {
  const { stageOf } = await load<typeof import('../../src/panels/stages.ts')>('panels/stages.ts');
  const { noisings } = await load<typeof import('../../src/objectives/catalog.ts')>('objectives/catalog.ts');
  expect(stageOf(noisings.echo!).title).toBe('One example: an echo');
  expect(stageOf(noisings.plm!).title).toBe('One example: the order of reading');
  expect(stageOf(noisings.mlm!).title).toBeUndefined();
});

test('its chart is titled and its paper is in the bibliography', async () => {
  const { lossCharts } = await load<typeof import('../../src/panels/loss-charts.ts')>('panels/loss-charts.ts');
  const { noisings } = await load<typeof import('../../src/objectives/catalog.ts')>('objectives/catalog.ts');
  const { bibliography } = await load<typeof import('../../src/core/papers.ts')>('core/papers.ts');
  const { questionsOf } = await load<typeof import('../../src/training/model.ts')>('training/model.ts');
  const questions = questionsOf(await echoRun());
  const judged = { step: 1, losses: { echo: 2 }, accuracies: { echo: 0.5 } };
  const charts = lossCharts({ questions, steps: [], evaluations: [judged], floors: undefined });
  expect(charts.map(({ title }) => title)).toEqual(['a token echoed']);
  const sources = Object.values(noisings).map(({ source }) => source);
  expect(bibliography(sources).filter(({ arxiv }) => arxiv === '9901.00001')).toHaveLength(1);
  expect(bibliography(sources).filter(({ arxiv }) => arxiv === '1810.04805')).toHaveLength(1);
});
