import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Component } from 'svelte';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../src/training/run.ts';
import { labWith } from '../panels/lab-tools.ts';
import { copySources, type SourceCopy } from '../support/source-copy.ts';

let copy: SourceCopy;
const load = <M>(path: string) => copy.load<M>(path);

beforeAll(async () => {
  const folders = { 'tests/objectives/echo': 'src/objectives/echo', 'tests/panels/echo': 'src/panels/stages/echo' };
  copy = await copySources(folders, [svelte({ configFile: false })]);
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

type Stages = typeof import('../../src/panels/stages.ts');
type Catalog = typeof import('../../src/objectives/catalog.ts');
type Addresses = typeof import('../../src/app/sample-address.ts');

test('a stage of its own is found beside the others, and a noising without one has the tape', async () => {
  const { stageOf, tapeStage } = await load<Stages>('panels/stages.ts');
  const { noisings } = await load<Catalog>('objectives/catalog.ts');
  expect(stageOf(noisings.echo!).title).toBe('One example: an echo');
  expect(stageOf(noisings.plm!).title).toBe('One example: the order of reading');
  expect(stageOf(noisings.mlm!)).toBe(tapeStage);
});

/** Markup by the copy's own Svelte. */
async function html<Props extends object>(component: Component<Props>, props: Props): Promise<string> {
  const { render } = (await copy.server.ssrLoadModule('svelte/server')) as typeof import('svelte/server');
  const { body } = render(component as unknown as Component, { props: props as Record<string, never> });
  return body.replaceAll(/<!--.*?-->/gs, '');
}

test('the stage shows what an address says of it, what it keeps besides included', async () => {
  const { stageOf } = await load<Stages>('panels/stages.ts');
  const { noisings } = await load<Catalog>('objectives/catalog.ts');
  const { decodeSample, decodeTapes, encodeTapes, withoutTapes } = await load<Addresses>('app/sample-address.ts');
  const { startOf } = await load<typeof import('../../src/panels/tape.ts')>('panels/tape.ts');
  const { changeOf, stateOf } = await load<typeof import('../../src/panels/tape-change.ts')>('panels/tape-change.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const problems: string[] = [];

  // In the playground its keys live beside those of the run, in a lesson it has them for itself.
  const query = new URLSearchParams('noising=echo&noising.first=true&stage.draw=2&stage.times=3');
  const change = decodeTapes(query, problems).stage!;
  expect(change).toEqual({ draw: 2, extra: { times: 3 } });
  expect(decodeSample(new URLSearchParams('draw=2&times=3'), problems)).toEqual(change);
  expect(withoutTapes(query).toString()).toBe('noising=echo&noising.first=true');
  expect(problems).toEqual([]);
  decodeTapes(new URLSearchParams('stage.times=many'), problems);
  expect(problems).toEqual(['stage.times must be a whole number. It is left out.']);

  const run = await echoRun();
  const data = await prepare(run.text);
  const start = startOf({ sentence: 'the cat was in the market .', options: { first: true } }, noisings.echo);
  const state = stateOf(start, change);
  const again = new URLSearchParams();
  encodeTapes({ stage: changeOf(start, state) }, again);
  expect(again.toString()).toBe('stage.draw=2&stage.times=3');
  const lab = labWith({
    run,
    text: { data, dataOf: () => data, stage: undefined, problem: undefined },
    trained: data,
    runner: {} as never,
  });
  const { default: Stage } = await stageOf(noisings.echo!).load();
  const shown = await html(Stage, { lab, data, start: state });
  expect(shown).toContain('<p>the, the, the</p>');
  expect(shown).toContain('value="the cat was in the market ."');
});

test('a lesson places the stage of its run by the one name for all', async () => {
  const { default: StagePanel } =
    await load<typeof import('../../src/panels/StagePanel.svelte')>('panels/StagePanel.svelte');
  const { stagePanels } = await load<Stages>('panels/stages.ts');
  expect(stagePanels).toContain('stage');
  const lab = { run: await echoRun(), text: { data: undefined, stage: undefined, problem: undefined } };
  expect(await html(StagePanel, { lab: lab as never })).toContain('aria-label="Echo"');
});

test('its questions are found by folder', async () => {
  const { quizOf } = await load<typeof import('../../src/panels/quizzes.ts')>('panels/quizzes.ts');
  const { isRight, questionAt } = await load<typeof import('../../src/panels/quiz.ts')>('panels/quiz.ts');
  const { createRng } = await load<typeof import('../../src/core/rng.ts')>('core/rng.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const run = await echoRun();
  const { train: documents, vocabulary } = await prepare(run.text);
  const question = questionAt(quizOf(run.recipe)!, 4, { documents, vocabulary }, createRng(run.seed))!;
  expect(question.prompt).toMatch(/^What is the echo of \w+\?$/);
  expect([0, 1].filter((option) => isRight(question, [option]))).toHaveLength(1);
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
    'src/objectives/echo/facts.ts',
    'src/objectives/echo/index.ts',
    'src/panels/stages/echo/Stage.svelte',
    'src/panels/stages/echo/quiz.ts',
    'src/panels/stages/echo/stage.ts',
  ]);
});
