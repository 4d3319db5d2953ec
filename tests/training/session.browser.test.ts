import { createStore, set } from 'idb-keyval';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { openLocal } from '../../src/training/client.ts';
import { createDevice } from '../../src/training/device.ts';
import type { Message } from '../../src/training/protocol.ts';
import type { Run } from '../../src/training/run.ts';
import { createSession } from '../../src/training/session.ts';
import { keyOf, withSettings } from '../../src/training/settings.ts';
import { createBrowserStore, type RunStore } from '../../src/training/store.ts';
import { begin, closeAll, line, runTo, tiny } from './lines.ts';

/** One worker for all that needs no other: each compiles its programs anew. Its losses are what all others must draw. */
let calm = line();
let expected: readonly number[] = [];

/** The losses of a fresh run up to `step`. */
async function lossesOf(run: Run, step: number): Promise<readonly number[]> {
  const before = calm.losses().length;
  await begin(calm, run);
  await runTo(calm, step);
  return calm.losses().slice(before);
}

beforeAll(async () => {
  await createBrowserStore().remove(tiny);
  await begin(calm);
  await runTo(calm, 5);
  await runTo(calm, 24);
  expected = calm.losses();
});
afterAll(closeAll);

test('a worker trains to the step it is told, evaluates on the way and says when it is done', () => {
  expect(expected).toHaveLength(24);
  expect(expected.every(Number.isFinite)).toBe(true);
  expect(calm.evaluations().map(({ step }) => step)).toEqual([0, 8, 16, 24]);
  expect(calm.heard.filter(({ type }) => type === 'paused' || type === 'done')).toEqual([
    { type: 'paused', step: 5 },
    { type: 'done', step: 24 },
  ]);
});

test('rewound, it draws the very same losses again', async () => {
  calm.client.send({ type: 'rewind' });
  await runTo(calm, 6);
  expect(calm.losses().slice(24)).toEqual(expected.slice(0, 6));
});

test('after a reload it goes on at the exact step with the curve of an uninterrupted run', async () => {
  await createBrowserStore().remove(tiny);
  await begin(calm);
  await runTo(calm, 7);
  calm.client.close();
  calm = line();
  await begin(calm, tiny, true);
  expect(await calm.until('started')).toMatchObject({ step: 7 });
  await runTo(calm, 12);
  expect(calm.losses()).toEqual(expected.slice(7, 12));
});

test('an old state is looked at without forgetting the newer ones: the run goes on from the newest', async () => {
  const run = withSettings(tiny, { seed: 'looked at' });
  const store = createBrowserStore();
  const whole = await lossesOf(run, 12);
  await store.remove(run);
  const drawn = calm.losses().length;
  await begin(calm, run);
  await runTo(calm, 4);
  await runTo(calm, 9);
  const example = { inputIds: [2, 10, 4, 11, 3], segments: [0, 0, 0, 0, 0], labels: [-100, -100, 12, -100, -100] };
  const logits = async () => Array.from((await calm.client.inspect(example, ['hidden.1']))['hidden.1']!.data);
  const newest = await logits();
  const show = async (step: number) => {
    const from = calm.heard.length;
    calm.client.send({ type: 'show', step });
    expect(await calm.until('shown', from)).toEqual({ type: 'shown', step });
  };
  await show(4);
  const old = await logits();
  expect(old).not.toEqual(newest);
  await show(9);
  expect(await logits()).toEqual(newest);
  await show(4);
  expect(await logits()).toEqual(old);
  await runTo(calm, 12);
  expect(calm.losses().slice(drawn)).toEqual(whole);
  // A slow machine saves in between, too.
  expect((await store.recall(run))!.steps).toEqual(expect.arrayContaining([4, 9, 12]));
  expect((await store.recall(run))!.history.steps.map(({ step }) => step)).toEqual(whole.map((_, i) => i + 1));
});

test('a learning rate far too high is said in a sentence, and the last good step can be had back', async () => {
  await begin(calm, withSettings(tiny, { learningRate: 1e8, warmup: 0, clip: 0, weightDecay: 1 }));
  const from = calm.heard.length;
  calm.client.send({ type: 'resume' });
  await expect
    .poll(() => calm.heard.slice(from).find(({ type }) => type === 'paused'), { timeout: 30_000 })
    .toBeDefined();
  expect(calm.heard.slice(from).find(({ type }) => type === 'failed')).toMatchObject({ code: 'not-finite' });
  const later = calm.heard.length;
  calm.client.send({ type: 'restore' });
  // On a slow machine the first update, whose loss was a number, is saved in time.
  const { step } = (await calm.until('started', later)) as Extract<Message, { type: 'started' }>;
  expect([0, 1]).toContain(step);
});

test('on the main thread the same session gives the same losses', async () => {
  const local = line(openLocal);
  await begin(local);
  await runTo(local, 4);
  expect(local.losses()).toEqual(expected.slice(0, 4));
});

test('a saved state that cannot be read is set aside and said', async () => {
  const run = withSettings(tiny, { seed: 'corrupt' });
  await set(keyOf(run), { version: 2, run, weights: 'rubbish' }, createStore('unmask', 'runs'));
  const from = calm.heard.length;
  await begin(calm, run, true);
  expect(await calm.until('started', from)).toMatchObject({ step: 0 });
  expect(calm.heard.slice(from).find(({ type }) => type === 'notice')).toMatchObject({ code: 'storage-corrupt' });
});

test('when the browser gives no more room the run goes on and says so', async () => {
  const heard: Message[] = [];
  const save = () => Promise.reject(new AppError('storage-full', 'No more room.'));
  const full: RunStore = { ...createBrowserStore(), save };
  const { receive } = createSession((message) => heard.push(message), createDevice('webgl'), full);
  await receive({ type: 'start', run: tiny });
  await receive({ type: 'runTo', step: 2 });
  expect(heard.find(({ type }) => type === 'notice')).toMatchObject({ code: 'storage-full' });
  expect(heard.at(-1)).toEqual({ type: 'paused', step: 2 });
  await receive({ type: 'stop' });
});

test('a text is written between two updates: training goes on to its goal with the same losses', async () => {
  const run: Run = withSettings(tiny, {
    architecture: 'bart',
    noising: 'denoise',
    noisingOptions: { permuteShare: 0, spans: 'sentence' },
    evaluateEvery: 100,
  });
  const example = {
    inputIds: [2, 10, 4, 11, 3],
    segments: [0, 0, 0, 0, 0],
    labels: [2, 10, 12, 11, 3],
    decoderInputIds: [3, 2, 10, 12, 11],
  };
  const goal = 10;
  const left = await lossesOf(run, goal);
  const drawn = calm.losses().length;
  await begin(calm, run);
  calm.client.send({ type: 'runTo', step: goal });
  const { ids, step, taps } = await calm.client.write(example, ['cross.attention.0']);
  expect(ids.length).toBeGreaterThan(0);
  expect(step).toBeLessThan(goal);
  // One row, two heads, as many targets and sources as the run is long.
  expect(taps['cross.attention.0']?.shape).toEqual([1, 2, run.recipe.maxLength, run.recipe.maxLength]);
  await expect.poll(() => calm.losses().length, { timeout: 30_000 }).toBe(drawn + goal);
  expect(calm.losses().slice(drawn)).toEqual(left);
  await begin(calm);
  await expect(calm.client.write(example, [])).rejects.toMatchObject({ code: 'unavailable' });
});
