import { afterEach, expect, test } from 'vitest';
import { createRunner } from '../../src/panels/runner.svelte.ts';
import type { Runner } from '../../src/panels/runner.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { createBrowserStore } from '../../src/training/store.ts';

const long = runFrom({
  layers: 1,
  hidden: 8,
  heads: 2,
  batchSize: 1,
  maxLength: 12,
  pairingOptions: { sentences: 1 },
  steps: 2000,
  evaluateEvery: 2000,
});

const opened: Runner[] = [];
function runner(): Runner {
  const made = createRunner();
  opened.push(made);
  return made;
}
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});
const patient = { timeout: 40_000 };

test('a run that is left for another page can be taken up there, and here again, at the step it had', async () => {
  const run = withSettings(long, { seed: 'left' });
  await createBrowserStore().remove(run);
  const lesson = runner();
  lesson.start(run);
  await expect.poll(() => lesson.step, patient).toBeGreaterThan(4);
  const { step } = lesson;
  lesson.close();
  const play = runner();
  const left = await play.recall(run);
  expect(left).toBeGreaterThanOrEqual(step);
  expect(play.steps.at(-1)?.step).toBe(left);
  play.start(run, { resume: true });
  await expect.poll(() => play.step, patient).toBeGreaterThan(left! + 2);
  play.close();
  expect(await runner().recall(run)).toBeGreaterThan(left!);
});

test('a run is saved when its page is hidden or left, long before its next evaluation', async () => {
  const run = withSettings(long, { seed: 'hidden' });
  await createBrowserStore().remove(run);
  const one = runner();
  one.start(run);
  await expect.poll(() => one.step, patient).toBeGreaterThan(1);
  window.dispatchEvent(new Event('pagehide'));
  await expect.poll(() => one.savedAt, { timeout: 8000 }).toBeGreaterThan(0);
  expect(one.status).toBe('running');
});

test('a run whose page is hidden rests where it is saved, and goes on when it is seen', async () => {
  const run = withSettings(long, { seed: 'rests' });
  await createBrowserStore().remove(run);
  const set = (visibilityState: 'hidden' | 'visible') => {
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const one = runner();
  one.start(run);
  await expect.poll(() => one.step, patient).toBeGreaterThan(1);
  set('hidden');
  await expect.poll(() => one.status, patient).toBe('paused');
  expect(one.conduct.rest).toBe('now');
  const { step } = one;
  expect(one.savedAt).toBe(step);
  set('visible');
  Reflect.deleteProperty(document, 'visibilityState');
  await expect.poll(() => one.step, patient).toBeGreaterThan(step + 1);
});
