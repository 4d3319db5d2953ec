import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../src/training/run.ts';
import { copySources, type SourceCopy } from '../support/source-copy.ts';

let copy: SourceCopy;
const load = <M>(path: string) => copy.load<M>(path);

beforeAll(async () => {
  copy = await copySources({
    'tests/objectives/echo': 'src/objectives/echo',
    'tests/panels/echo': 'src/panels/stages/echo',
  });
});
afterAll(() => copy.close());

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
  expect(stageOf('echo')?.title).toBe('One example: an echo');
  expect(stageOf('plm')?.title).toBe('One example: the order of reading');
  expect(stageOf('mlm')).toBeUndefined();
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

test('no file of the sources is edited for it', () => {
  expect(copy.differences()).toEqual([
    'src/objectives/echo/index.ts',
    'src/panels/stages/echo/Echo.svelte',
    'src/panels/stages/echo/stage.ts',
  ]);
});
