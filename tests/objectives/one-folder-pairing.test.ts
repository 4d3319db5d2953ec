import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../src/training/run.ts';
import { copySources, type SourceCopy } from '../support/source-copy.ts';

let copy: SourceCopy;
const load = <M>(path: string) => copy.load<M>(path);

beforeAll(async () => {
  copy = await copySources({ 'tests/objectives/echo-pairing': 'src/objectives/echo-pairing' });
});
afterAll(() => copy.close());

/** A small run with the pairing, and what the address says besides. */
async function runOf(more = ''): Promise<Run> {
  const { decodeRun } = await load<typeof import('../../src/app/run-address.ts')>('app/run-address.ts');
  const small = 'layers=1&hidden=8&heads=2&batchSize=2&steps=8&warmup=2';
  const { run, problems } = decodeRun(new URLSearchParams(`pairing=echo-pairing&${small}${more}`));
  expect(problems).toEqual([]);
  return run;
}

test('a pairing that is one folder is found by its address and listed by its name', async () => {
  expect(await runOf()).toMatchObject({ recipe: { pairing: 'echo-pairing', noising: 'mlm', pairingOptions: {} } });
  const { choicesOf } = await load<typeof import('../../src/training/choices.ts')>('training/choices.ts');
  const listed = choicesOf('pairings').map(({ id, name }) => ({ id, name }));
  expect(listed).toContainEqual({ id: 'echo-pairing', name: 'Call and echo' });
});

test('it makes examples with every noising: two neighbours of one document, labelled by their order', async () => {
  const { makeExample } = await load<typeof import('../../src/objectives/make.ts')>('objectives/make.ts');
  const { noisings } = await load<typeof import('../../src/objectives/catalog.ts')>('objectives/catalog.ts');
  const { createRng } = await load<typeof import('../../src/core/rng.ts')>('core/rng.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { train, vocabulary } = await prepare((await runOf()).text);
  expect(Object.keys(noisings)).toEqual(expect.arrayContaining(['causal', 'denoise', 'mlm', 'plm', 'rtd']));
  for (const noising of Object.keys(noisings)) {
    const recipe = { pairing: 'echo-pairing', noising, pairingOptions: { maxLength: 40 }, noisingOptions: {} };
    const labels = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const { passage, example } = makeExample(train, recipe, vocabulary, createRng(seed));
      const [a, b] = passage.origin!;
      expect(a!.document).toBe(b!.document);
      expect(train[a!.document]!.sentences[a!.first]!.slice(0, 18)).toEqual(passage.a);
      expect(b!.first - a!.first).toBe(example.pairLabel === 0 ? 1 : -1);
      return example.pairLabel;
    });
    expect(new Set(labels), noising).toEqual(new Set([0, 1]));
  }
});

test('every architecture that judges pairs trains with it, and the loss is named after it', async () => {
  const { useBackend } = await load<typeof import('../../src/nn/device.ts')>('nn/device.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { createTrainer } = await load<typeof import('../../src/training/trainer.ts')>('training/trainer.ts');
  const { questionsOf } = await load<typeof import('../../src/training/model.ts')>('training/model.ts');
  const { lossCharts } = await load<typeof import('../../src/panels/loss-charts.ts')>('panels/loss-charts.ts');
  await useBackend('cpu');
  const data = await prepare((await runOf()).text);
  for (const architecture of ['bert', 'albert']) {
    const run = await runOf(`&architecture=${architecture}`);
    const trainer = await createTrainer(run, data);
    const step = await trainer.advance();
    expect(Object.keys(step.losses)).toEqual(['mlm', 'echo-pairing']);
    expect(step.losses['echo-pairing']).toBeGreaterThan(0);
    const judged = await trainer.evaluate();
    trainer.dispose();
    expect(Object.keys(judged.accuracies)).toEqual(['mlm', 'echo-pairing']);
    const known = { questions: questionsOf(run), steps: [step], evaluations: [judged], floors: undefined };
    expect(lossCharts(known).map(({ title }) => title)).toEqual(['hidden tokens', 'call or echo']);
  }
});

test('its labels head the verdicts on a pair', async () => {
  const { playPair, labelsOf } =
    await load<typeof import('../../src/panels/stages/shared/pair.ts')>('panels/stages/shared/pair.ts');
  const { pairings } = await load<typeof import('../../src/objectives/catalog.ts')>('objectives/catalog.ts');
  const { prepare } = await load<typeof import('../../src/training/data.ts')>('training/data.ts');
  const { heldOut, tokenizer } = await prepare((await runOf()).text);
  const pairing = pairings['echo-pairing']!;
  expect(labelsOf(pairing)).toEqual(['B answers A', 'A answers B']);
  const tools = { pairing, maxLength: 40, documents: heldOut, tokenizer, isHeldOut: true };
  const verdicts = ['1', '2', '3', '4', '5', '6', '7', '8'].map((seed) => {
    const state = { seed, draw: 0, redraws: [], options: {} };
    return playPair(state, tools).verdict;
  });
  expect(new Set(verdicts)).toEqual(new Set(['Label 0: B answers A', 'Label 1: A answers B']));
});

test('no file of the sources is edited for it', () => {
  expect(copy.differences()).toEqual(['src/objectives/echo-pairing/facts.ts', 'src/objectives/echo-pairing/index.ts']);
});
