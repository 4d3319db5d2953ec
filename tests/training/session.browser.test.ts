import { afterAll, expect, test } from 'vitest';
import { type Client, createClient, openLocal, openWorker, type Port } from '../../src/training/client.ts';
import type { Evaluation, Message, RunConfig, Step } from '../../src/training/protocol.ts';
import { defaultRun } from '../../src/training/run.ts';
import { createBrowserStore } from '../../src/training/store.ts';

const tiny: RunConfig = {
  ...defaultRun,
  layers: 1,
  hidden: 16,
  heads: 2,
  batchSize: 4,
  steps: 24,
  warmup: 2,
  evaluateEvery: 8,
  dropout: 0.1,
};

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
      .map(({ loss }) => loss);
  const evaluations = () =>
    heard.flatMap((message): readonly Evaluation[] => (message.type === 'evaluated' ? [message.at] : []));
  return { client, heard, until, losses, evaluations };
}

async function runTo(line: ReturnType<typeof connect>, step: number): Promise<void> {
  const from = line.heard.length;
  line.client.send({ type: 'runTo', step });
  await line.until(step >= tiny.steps ? 'done' : 'paused', from);
}

const opened: Client[] = [];
function line(open?: () => Port) {
  const made = connect(open);
  opened.push(made.client);
  return made;
}
afterAll(() => {
  for (const client of opened) client.close();
});

test('a worker trains to the step it is told, evaluates on the way and says when it is done', async () => {
  const one = line();
  one.client.send({ type: 'start', run: tiny });
  await one.until('floors');
  await runTo(one, 5);
  expect(one.losses()).toHaveLength(5);
  await runTo(one, tiny.steps);
  expect(one.losses()).toHaveLength(24);
  expect(one.evaluations().map(({ step }) => step)).toEqual([0, 8, 16, 24]);
  expect(one.losses().every(Number.isFinite)).toBe(true);
});

test('rewound, it draws the very same losses again', async () => {
  const one = line();
  one.client.send({ type: 'start', run: tiny });
  await one.until('floors');
  await runTo(one, 6);
  const first = one.losses();
  one.client.send({ type: 'rewind' });
  await runTo(one, 6);
  expect(one.losses().slice(6)).toEqual(first);
});

test('after a reload it goes on at the exact step with the curve of an uninterrupted run', async () => {
  await createBrowserStore().remove(tiny);
  const whole = line();
  whole.client.send({ type: 'start', run: tiny });
  await whole.until('floors');
  await runTo(whole, 12);
  const before = line();
  before.client.send({ type: 'start', run: { ...tiny, steps: 24 } });
  await before.until('floors');
  await runTo(before, 7);
  before.client.close();
  const after = line();
  after.client.send({ type: 'start', run: tiny, resume: true });
  const started = await after.until('started');
  expect(started).toMatchObject({ step: 7 });
  await runTo(after, 12);
  expect(after.losses()).toEqual(whole.losses().slice(7));
});

test('a lost context is noticed, said, and recovered from with the same curve', async () => {
  const calm = line();
  calm.client.send({ type: 'start', run: tiny });
  await calm.until('floors');
  await runTo(calm, 20);
  const shaken = line();
  shaken.client.send({ type: 'start', run: tiny });
  await shaken.until('floors');
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
  expect([...byStep.values()]).toEqual(calm.losses());
});

test('a learning rate far too high is said in a sentence, and the last good step can be had back', async () => {
  const one = line();
  one.client.send({ type: 'start', run: { ...tiny, learningRate: 1e8, warmup: 0, clip: 0, weightDecay: 1 } });
  await one.until('floors');
  one.client.send({ type: 'resume' });
  await one.until('paused').catch(() => undefined);
  await expect.poll(() => one.heard.find((message) => message.type === 'failed')).toMatchObject({ code: 'not-finite' });
  const from = one.heard.length;
  one.client.send({ type: 'restore' });
  expect(await one.until('started', from)).toMatchObject({ step: 0 });
});

test('on the main thread the same session gives the same losses', async () => {
  const worker = line();
  worker.client.send({ type: 'start', run: tiny });
  await worker.until('floors');
  await runTo(worker, 4);
  const local = line(openLocal);
  local.client.send({ type: 'start', run: tiny });
  await local.until('floors');
  await runTo(local, 4);
  expect(local.losses()).toEqual(worker.losses());
});

test('a saved state that cannot be read is set aside and said', async () => {
  const { set, createStore } = await import('idb-keyval');
  const { keyOf } = await import('../../src/training/store.ts');
  const run = { ...tiny, seed: 'corrupt' };
  await set(keyOf(run), { version: 1, run, weights: 'rubbish' }, createStore('unmask', 'runs'));
  const one = line();
  one.client.send({ type: 'start', run, resume: true });
  expect(await one.until('started')).toMatchObject({ step: 0 });
  expect(one.heard.find(({ type }) => type === 'notice')).toMatchObject({ code: 'storage-corrupt' });
});
