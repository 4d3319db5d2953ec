import { createStore, set } from 'idb-keyval';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { type Client, createClient, openLocal, openWorker, type Port } from '../../src/training/client.ts';
import { createDevice } from '../../src/training/device.ts';
import type { Evaluation, Message, Step } from '../../src/training/protocol.ts';
import type { Run } from '../../src/training/run.ts';
import { createSession } from '../../src/training/session.ts';
import { keyOf, runFrom, withSettings } from '../../src/training/settings.ts';
import { createBrowserStore, type RunStore } from '../../src/training/store.ts';

const tiny: Run = runFrom({
  layers: 1,
  hidden: 16,
  heads: 2,
  batchSize: 4,
  steps: 24,
  warmup: 2,
  evaluateEvery: 8,
  dropout: 0.1,
});

/** A client whose messages can be waited for. */
function connect(open: () => Port = openWorker) {
  const heard: Message[] = [];
  const waiting: (() => void)[] = [];
  const client: Client = createClient((message) => {
    heard.push(message);
    for (const look of waiting.slice()) look();
  }, open);
  const until = (type: Message['type'], from = 0) =>
    new Promise<Message>((resolve, reject) => {
      const look = () => {
        const found = heard.slice(from).find((message) => message.type === type);
        const failed = heard.slice(from).find((message) => message.type === 'failed');
        if (found) resolve(found);
        else if (failed) reject(new Error(JSON.stringify(failed)));
      };
      waiting.push(look);
      look();
    });
  const losses = () =>
    heard
      .flatMap((message): readonly Step[] => (message.type === 'steps' ? message.steps : []))
      .map(({ loss }) => loss!);
  const evaluations = () =>
    heard.flatMap((message): readonly Evaluation[] => (message.type === 'evaluated' ? [message.at] : []));
  return { client, heard, until, losses, evaluations };
}

async function runTo(line: ReturnType<typeof connect>, step: number): Promise<void> {
  const from = line.heard.length;
  line.client.send({ type: 'runTo', step });
  await line.until(step >= 24 ? 'done' : 'paused', from);
}

const opened: Client[] = [];
function line(open?: () => Port) {
  const made = connect(open);
  opened.push(made.client);
  return made;
}

async function begin(one: ReturnType<typeof connect>, run: Run = tiny, resume = false): Promise<void> {
  const from = one.heard.length;
  one.client.send({ type: 'start', run, resume });
  await one.until('floors', from);
}

/** One worker for all that needs no other; its losses are what all others must draw. */
const calm = line();
let expected: readonly number[] = [];

beforeAll(async () => {
  await createBrowserStore().remove(tiny);
  await begin(calm);
  await runTo(calm, 5);
  await runTo(calm, 24);
  expected = calm.losses();
});
afterAll(() => {
  for (const client of opened) client.close();
});

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
  const before = line();
  await begin(before);
  await runTo(before, 7);
  before.client.close();
  const after = line();
  await begin(after, tiny, true);
  expect(await after.until('started')).toMatchObject({ step: 7 });
  await runTo(after, 12);
  expect(after.losses()).toEqual(expected.slice(7, 12));
});

test('an old state is looked at without forgetting the newer ones: the run goes on from the newest', async () => {
  const run = withSettings(tiny, { seed: 'looked at' });
  const store = createBrowserStore();
  await store.remove(run);
  const one = line();
  await begin(one, run);
  await runTo(one, 4);
  await runTo(one, 9);
  const example = { inputIds: [2, 10, 4, 11, 3], segments: [0, 0, 0, 0, 0], labels: [-100, -100, 12, -100, -100] };
  const logits = async () => Array.from((await one.client.inspect(example, ['hidden.1']))['hidden.1']!.data);
  const newest = await logits();
  const show = async (step: number) => {
    const from = one.heard.length;
    one.client.send({ type: 'show', step });
    expect(await one.until('shown', from)).toEqual({ type: 'shown', step });
  };
  await show(4);
  const old = await logits();
  expect(old).not.toEqual(newest);
  await show(9);
  expect(await logits()).toEqual(newest);
  await show(4);
  expect(await logits()).toEqual(old);
  await runTo(one, 12);
  const whole = line();
  await begin(whole, run);
  await runTo(whole, 12);
  expect(one.losses()).toEqual(whole.losses());
  // A slow machine saves in between, too.
  expect((await store.recall(run))!.steps).toEqual(expect.arrayContaining([4, 9, 12]));
  expect((await store.recall(run))!.history.steps.map(({ step }) => step)).toEqual(whole.losses().map((_, i) => i + 1));
});

test('a lost context is noticed, said, and recovered from with the same curve', async () => {
  const shaken = line();
  await begin(shaken);
  await runTo(shaken, 4);
  const from = shaken.heard.length;
  shaken.client.send({ type: 'runTo', step: 20 });
  shaken.client.send({ type: 'loseContext' });
  await shaken.until('recovered', from);
  await shaken.until('paused', from);
  const byStep = new Map(
    shaken.heard
      .flatMap((message) => (message.type === 'steps' ? message.steps : []))
      .map(({ step, loss }) => [step, loss]),
  );
  expect([...byStep.values()]).toEqual(expected.slice(0, 20));
});

test('a context lost at rest comes back at the same step', async () => {
  await begin(calm);
  await runTo(calm, 3);
  const from = calm.heard.length;
  calm.client.send({ type: 'loseContext' });
  await calm.until('recovered', from);
  expect(await calm.until('paused', from)).toEqual({ type: 'paused', step: 3 });
  const before = calm.losses().length;
  await runTo(calm, 5);
  expect(calm.losses().slice(before)).toEqual(expected.slice(3, 5));
});

test('a context lost while the engine is warm, or the model is being made, does not show in the run', async () => {
  const one = line();
  one.client.send({ type: 'warm' });
  await one.until('ready');
  one.client.send({ type: 'loseContext' });
  await one.until('recovered');
  one.client.send({ type: 'loseContext' });
  const from = one.heard.length;
  one.client.send({ type: 'start', run: tiny });
  one.client.send({ type: 'loseContext' });
  await one.until('floors', from);
  await runTo(one, 3);
  expect(one.losses()).toEqual(expected.slice(0, 3));
});

test('a context lost between a question and its answer leaves the answer as it is', async () => {
  await begin(calm);
  await runTo(calm, 3);
  const example = { inputIds: [2, 10, 4, 11, 3], segments: [0, 0, 0, 0, 0], labels: [-100, -100, 12, -100, -100] };
  const before = await calm.client.inspect(example, ['hidden.1']);
  const asked = calm.client.inspect(example, ['hidden.1']);
  calm.client.send({ type: 'loseContext' });
  expect(await asked).toEqual(before);
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
  const { receive } = createSession((message) => heard.push(message), createDevice(), full);
  await receive({ type: 'start', run: tiny });
  await receive({ type: 'runTo', step: 2 });
  expect(heard.find(({ type }) => type === 'notice')).toMatchObject({ code: 'storage-full' });
  expect(heard.at(-1)).toEqual({ type: 'paused', step: 2 });
  await receive({ type: 'stop' });
});

// Two workers compile BART's programs.
test('a text is written between two updates: training goes on to its goal with the same losses', {
  timeout: 180_000,
}, async () => {
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
  const [left, asked] = [line(), line()];
  await begin(left, run);
  await runTo(left, 10);
  await begin(asked, run);
  const goal = 10;
  asked.client.send({ type: 'runTo', step: goal });
  const { ids, step, taps } = await asked.client.write(example, ['cross.attention.0']);
  expect(ids.length).toBeGreaterThan(0);
  expect(step).toBeLessThan(goal);
  // One row, two heads, as many targets and sources as the run is long.
  expect(taps['cross.attention.0']?.shape).toEqual([1, 2, run.recipe.maxLength, run.recipe.maxLength]);
  await expect.poll(() => asked.losses().length, { timeout: 30_000 }).toBe(goal);
  expect(asked.losses()).toEqual(left.losses());
  await expect(calm.client.write(example, [])).rejects.toMatchObject({ code: 'unavailable' });
});
