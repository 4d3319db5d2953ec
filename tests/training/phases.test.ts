import { beforeAll, expect, test } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import type { Phase } from '../../src/training/phases.ts';
import type { Run } from '../../src/training/run.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { train } from '../../src/training/train.ts';
import { createTrainer, type Trainer } from '../../src/training/trainer.ts';

const small = { layers: 2, hidden: 8, heads: 2, batchSize: 2, maxLength: 24, dropout: 0.1 };
const schedule = { learningRate: 0.01, warmup: 0, decayFrom: 1 };
const phased = (phases: readonly Phase[], settings: object = {}): Run => runFrom({ ...small, ...settings, phases });

beforeAll(() => tf.useBackend('wasm'));

async function go(trainer: Trainer, to: number): Promise<readonly (readonly string[])[]> {
  const names: (readonly string[])[] = [];
  for await (const { losses } of train(trainer, () => to)) names.push(Object.keys(losses));
  return names;
}
const movedFrom = (before: Record<string, Float32Array>, after: Record<string, Float32Array>): readonly string[] =>
  Object.keys(before).filter((name) => before[name]!.some((value, i) => value !== after[name]![i]));

test('in a phase in which some weights learn, all others stand still, also those that learned before', async () => {
  const first = 'model.bert.encoder.layer.0.';
  const run = phased([
    { steps: 2, schedule },
    { steps: 2, schedule, trainable: [first] },
    { steps: 2, schedule },
  ]);
  const trainer = await createTrainer(run, await prepare(run.text));
  const start = await trainer.weights();
  await go(trainer, 2);
  const one = await trainer.weights();
  await go(trainer, 4);
  const two = await trainer.weights();
  await go(trainer, 6);
  const three = await trainer.weights();
  expect(movedFrom(start, one).length).toBeGreaterThan(20);
  expect(movedFrom(one, two).length).toBeGreaterThan(10);
  for (const name of movedFrom(one, two)) expect(name.startsWith(first)).toBe(true);
  expect(movedFrom(two, three)).toContain('model.bert.encoder.layer.1.output.dense.weight');
  trainer.dispose();
});

test('a run is the same whether it is stopped at the turn of two phases or not', async () => {
  const run = phased([
    { steps: 2, schedule },
    { steps: 3, schedule, trainable: ['model.cls.'] },
  ]);
  const data = await prepare(run.text);
  const whole = await createTrainer(run, data);
  await go(whole, 5);
  for (const stop of [2, 3]) {
    const before = await createTrainer(run, data);
    await go(before, stop);
    const state = structuredClone(await before.read());
    before.dispose();
    const after = await createTrainer(run, data);
    after.load(state);
    await go(after, 5);
    expect(movedFrom(await whole.weights(), await after.weights())).toEqual([]);
    after.dispose();
  }
  whole.dispose();
});

test('what a phase leaves out is not asked in it: of the others the loss is the weighted sum', async () => {
  const run = phased(
    [
      { steps: 1, schedule, without: ['mlm'] },
      { steps: 1, schedule, without: ['noising'] },
      { steps: 1, schedule },
    ],
    { architecture: 'electra', noising: 'rtd', noisingOptions: {} },
  );
  const trainer = await createTrainer(run, await prepare(run.text));
  const steps = [];
  for await (const step of train(trainer, () => 3)) steps.push(step);
  expect(steps.map(({ losses }) => Object.keys(losses))).toEqual([['rtd'], ['mlm'], ['mlm', 'rtd']]);
  expect(steps[0]!.loss).toBeCloseTo(50 * steps[0]!.losses.rtd!, 4);
  expect(steps[1]!.loss).toBeCloseTo(steps[1]!.losses.mlm!, 6);
  trainer.dispose();
});

test('a run may begin with the weights of another one, and a student learns from a teacher', async () => {
  const run = runFrom({ ...small, steps: 4 });
  const data = await prepare(run.text);
  const teacher = await createTrainer(run, data);
  await go(teacher, 4);
  const trained = {
    ...blueprintOf(run, data.vocabulary.size),
    weights: new Map(Object.entries(await teacher.weights())),
  };
  const again = await createTrainer(withSettings(run, { seed: '2' }), data, { start: trained });
  expect(movedFrom(await teacher.weights(), await again.weights())).toEqual([]);
  again.dispose();
  const pupil = withSettings(run, { architecture: 'distilbert', layers: 1 });
  const student = await createTrainer(pupil, data, { start: trained, teacher: trained });
  const words = 'embeddings.word_embeddings.weight';
  expect((await student.weights())[`model.distilbert.${words}`]).toEqual(trained.weights.get(`model.bert.${words}`));
  const held = tf.memory().numTensors;
  const [step] = await Promise.all([student.advance()]);
  expect(Object.keys(step.losses)).toEqual(['distillation', 'mlm', 'cosine']);
  const { losses, accuracies } = await student.evaluate();
  expect(Object.keys(losses)).toEqual(['distillation', 'mlm', 'cosine']);
  expect(Object.keys(accuracies)).toEqual(['mlm']);
  expect(tf.memory().numTensors).toBe(held);
  student.dispose();
  await expect(createTrainer(run, data, { teacher: trained })).rejects.toMatchObject({ field: 'teacher' });
  const other = withSettings(run, { hidden: 16 });
  await expect(createTrainer(other, data, { start: trained })).rejects.toMatchObject({ field: 'start' });
  teacher.dispose();
});

test.each([
  ['xlnet', 'plm'],
  ['transfo-xl', 'causal'],
])('what %s remembers goes along from step to step and into the state: resumed, it is the same', async (...which) => {
  const [architecture, noising] = which;
  const run = runFrom({
    ...small,
    architecture,
    noising,
    noisingOptions: {},
    pairing: 'following',
    pairingOptions: {},
    architectureOptions: { memoryLength: 16, initStd: 0.1 },
    steps: 8,
  });
  const data = await prepare(run.text);
  const whole = await createTrainer(run, data);
  await go(whole, 3);
  const state = structuredClone(await whole.read());
  expect(state.carried!.map(({ shape }) => shape)).toEqual([
    [16, 2, 8],
    [16, 2, 8],
  ]);
  const held = tf.memory().numTensors;
  const rest = [];
  for await (const { loss } of train(whole, () => 6)) rest.push(loss);
  const judged = await whole.evaluate();
  expect(tf.memory().numTensors).toBe(held);
  const resumed = await createTrainer(run, data);
  resumed.load(state);
  const again = [];
  for await (const { loss } of train(resumed, () => 6)) again.push(loss);
  expect(again).toEqual(rest);
  expect(await resumed.evaluate()).toEqual(judged);
  // Without what it remembers it would read other keys.
  resumed.load({ ...state, carried: [] });
  const [forgetful] = await Promise.all([resumed.advance()]);
  expect(forgetful.loss).not.toBe(rest[0]);
  for (const trainer of [whole, resumed]) trainer.dispose();
});
