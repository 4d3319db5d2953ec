import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../src/training/run.ts';
import { copySources, type SourceCopy } from '../support/source-copy.ts';

let copy: SourceCopy;
const load = <M>(path: string) => copy.load<M>(path);

beforeAll(async () => {
  copy = await copySources({ 'tests/models/echo': 'src/models/echo' });
});
afterAll(() => copy.close());

async function echoRun(): Promise<Run> {
  const { decodeRun } = await load<typeof import('../../src/app/run-address.ts')>('app/run-address.ts');
  const small = 'hidden=8&heads=2&batchSize=4&steps=8&warmup=2&maxLength=24';
  const { run, problems } = decodeRun(new URLSearchParams(`architecture=echo&model.radius=2&${small}`));
  expect(problems).toEqual([]);
  return run;
}

async function training() {
  const { useBackend } = await load<typeof import('../../src/nn/device.ts')>('nn/device.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { createTrainer } = await load<typeof import('../../src/training/trainer.ts')>('training/trainer.ts');
  await useBackend('cpu');
  const run = await echoRun();
  const data = await prepare(run.text);
  return { run, data, trainer: await createTrainer(run, data) };
}

test('an architecture that is one folder is asked for by its address and listed in the menus', async () => {
  expect((await echoRun()).model).toMatchObject({ architecture: 'echo', options: { radius: 2 } });
  const { choicesOf, optionFieldsOf } =
    await load<typeof import('../../src/training/choices.ts')>('training/choices.ts');
  const listed = choicesOf('architectures').map(({ id, name }) => ({ id, name }));
  expect(listed).toContainEqual({ id: 'echo', name: 'Echo' });
  expect(optionFieldsOf('architecture', await echoRun()).map(({ label }) => label)).toContain('Radius');
});

test('it trains with masked tokens, and its own loss stands beside theirs on the charts', async () => {
  const { questionsOf } = await load<typeof import('../../src/training/model.ts')>('training/model.ts');
  const { lossCharts } = await load<typeof import('../../src/panels/loss-charts.ts')>('panels/loss-charts.ts');
  const { run, trainer } = await training();
  const step = await trainer.advance();
  const { mlm, repeated, ...others } = step.losses;
  expect(others).toEqual({});
  expect(step.loss).toBeCloseTo(mlm! + 0.5 * repeated!, 4);
  const judged = await trainer.evaluate();
  trainer.dispose();
  expect(Object.keys(judged.accuracies)).toEqual(['mlm', 'repeated']);
  expect(judged.positives!.repeated).toBeGreaterThan(0);
  expect(judged.positives!.repeated).toBeLessThan(1);
  const floors = { uniform: 3, unigram: 2, bigram: 1, best: {} };
  const charts = lossCharts({ questions: questionsOf(run), steps: [step], evaluations: [judged], floors });
  expect(charts.map(({ title }) => title)).toEqual(['hidden tokens', 'tokens that stood before']);
  expect(charts[1]!.references.map(({ name }) => name)).toEqual(['a coin']);
  expect(charts[1]!.series.map(({ name }) => name)).toEqual(['tokens that stood before', 'knowing only how many']);
});

test('its own tap can be looked at, and its attention falls where its own patterns say', async () => {
  const { makeExample } = await load<typeof import('../../src/objectives/make.ts')>('objectives/make.ts');
  const { createRng } = await load<typeof import('../../src/core/rng.ts')>('core/rng.ts');
  const { recipeOf } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { blueprintOf } = await load<typeof import('../../src/training/model.ts')>('training/model.ts');
  const { run, data, trainer } = await training();
  const { example } = makeExample(data.train, recipeOf(run), data.vocabulary, createRng(2));
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  const { loadPicture, patternsOf } = await load<typeof import('../../src/models/pictures.ts')>('models/pictures.ts');
  await loadPicture('echo');
  const patterns = patternsOf(blueprint, config, example);
  expect(patterns.map(({ name, pattern }) => [name, pattern[4]!.slice(0, 8).map(Number).join('')])).toEqual([
    ['far', '11111111'],
    ['near', '00111110'],
  ]);
  const maps = patterns.flatMap(({ taps }) => taps);
  expect(maps).toEqual(['attention.0', 'near.attention.0']);
  const seen = await trainer.inspect([example], ['repeated', ...maps]);
  trainer.dispose();
  expect(seen.repeated!.shape).toEqual([1, 24]);
  expect(seen.repeated!.data.every((share) => share > 0 && share < 1)).toBe(true);
  const { length } = example.inputIds;
  for (const { taps, pattern } of patterns) {
    const { shape, data: shares } = seen[taps[0]!]!;
    expect(shape).toEqual([1, 2, 24, 24]);
    for (const head of [0, 1]) {
      const rows = pattern.map((_, i) => [...shares.slice((head * 24 + i) * 24, (head * 24 + i) * 24 + length)]);
      expect(rows.map((row) => row.map((share) => share > 0))).toEqual(pattern);
    }
  }
});

test('its files read back are the same model', async () => {
  const { exportFiles, importFiles } = await load<typeof import('../../src/hub/checkpoint.ts')>('hub/checkpoint.ts');
  const { blueprintOf } = await load<typeof import('../../src/training/model.ts')>('training/model.ts');
  const { run, data, trainer } = await training();
  const { blueprint, config } = blueprintOf(run, data.vocabulary.size);
  const state = new Map(Object.entries(await trainer.weights()));
  trainer.dispose();
  const read = importFiles(exportFiles(blueprint, config, state));
  expect(read.blueprint).toBe(blueprint);
  expect(read.config).toMatchObject({ radius: 2, hidden: 8, vocabSize: data.vocabulary.size });
  expect([...read.state].sort()).toEqual([...state].sort());
});

test('no file of the sources is edited for it', () => {
  expect(copy.differences()).toEqual([
    'src/models/echo/blocks.ts',
    'src/models/echo/config.ts',
    'src/models/echo/forward.ts',
    'src/models/echo/hub.ts',
    'src/models/echo/patterns.ts',
    'src/models/echo/spec.ts',
  ]);
});
