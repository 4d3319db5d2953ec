import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin, closeAll, line, runTo, tiny } from './lines.ts';

/** Its losses are what all others must draw. */
const calm = line();
let expected: readonly number[] = [];

beforeAll(async () => {
  await begin(calm);
  await runTo(calm, 20);
  expected = calm.losses();
}, 120_000);
afterAll(closeAll);

test('a lost context is noticed, said, and recovered from with the same curve', async () => {
  const start = calm.heard.length;
  await begin(calm);
  await runTo(calm, 4);
  const from = calm.heard.length;
  calm.client.send({ type: 'runTo', step: 20 });
  calm.client.send({ type: 'loseContext' });
  await calm.until('recovered', from);
  await calm.until('paused', from);
  const byStep = new Map(
    calm.heard
      .slice(start)
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
