import { flushSync } from 'svelte';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBlockAnswer } from '../../src/panels/lab/block-answer.svelte.ts';
import type { Question } from '../../src/panels/lab/block-question.ts';
import type { Lab } from '../../src/panels/lab.svelte.ts';
import type { Runner } from '../../src/panels/runner.ts';
import { emptyScene, labOf } from './lab-tools.ts';

const question = (name: string): Question => ({
  name,
  example: { inputIds: [5, 6], segments: [0, 0], labels: [] },
  taps: ['hidden.0'],
});
const states = { shape: [1, 2, 1], data: Float32Array.of(1, -1) };
const still = { k: Float32Array.of(0) };
/** Weights that do not belong to the states. */
const moved = { k: Float32Array.of(3) };

/** An answer of a faked run at step 7; `weights` are what it gives, reading after reading. */
function answering(weights: readonly (typeof still)[] = []) {
  let status = $state<Runner['status']>('running');
  let step = $state(7);
  let block = $state('layer.0');
  let readings = 0;
  const lab = labOf({});
  const runner = Object.create(lab.runner, {
    run: { value: lab.run },
    status: { get: () => status },
    step: { get: () => step },
    shown: { get: () => step },
    inspect: { value: async () => ({ 'hidden.0': states }) },
    weights: { value: async () => weights[readings++] ?? still },
  }) as Runner;
  const faked: Lab = { ...lab, runner, scene: { ...emptyScene, origin: 'live' } };
  let answer: ReturnType<typeof createBlockAnswer<Question>> | undefined;
  const end = $effect.root(() => {
    answer = createBlockAnswer(
      () => faked,
      () => question(block),
      ({ weights: all }) => all.k?.[0] === 0,
    );
  });
  onTestFinished(end);
  const settle = async () => {
    flushSync();
    await vi.advanceTimersByTimeAsync(0);
  };
  return {
    answer: answer!,
    readings: () => readings,
    settle,
    async update() {
      step += 1;
      await settle();
    },
    async pause() {
      status = 'paused';
      await settle();
    },
    async open(next: string) {
      block = next;
      await settle();
    },
  };
}
const clock = () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
};

test('while a run trains it is asked at most once a second, and once more when it comes to rest', async () => {
  clock();
  const { answer, readings, settle, update, pause, open } = answering();
  await settle();
  expect([readings(), answer.current?.step]).toEqual([1, 7]);
  for (let i = 0; i < 9; i++) {
    await vi.advanceTimersByTimeAsync(100);
    await update();
  }
  expect([readings(), answer.current?.step]).toEqual([1, 7]);
  await vi.advanceTimersByTimeAsync(100);
  await update();
  expect([readings(), answer.current?.step]).toEqual([2, 17]);
  await open('layer.1');
  expect([readings(), answer.current?.asked.name]).toEqual([3, 'layer.1']);
  await update();
  expect(readings()).toBe(3);
  await pause();
  expect([readings(), answer.current?.step]).toEqual([4, 18]);
});

test('weights of another step than the states are never shown: they are read again', async () => {
  clock();
  const one = answering([moved]);
  await one.settle();
  expect([one.readings(), one.answer.current?.weights, one.answer.isApart]).toEqual([2, still, false]);
  const none = answering([moved, moved, moved]);
  await none.settle();
  expect([none.readings(), none.answer.current, none.answer.isApart]).toEqual([3, undefined, true]);
});
