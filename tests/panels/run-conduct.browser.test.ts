import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { background } from '../../src/app/storage.ts';
import { forgetful } from '../../src/panels/conduct.svelte.ts';
import RunConduct from '../../src/panels/RunConduct.svelte';
import { createRunner } from '../../src/panels/runner.svelte.ts';
import type { Command, Message } from '../../src/training/protocol.ts';
import { runFrom } from '../../src/training/settings.ts';

/** Says that the page is hidden, or seen again. */
function set(visibilityState: 'hidden' | 'visible'): void {
  Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

let end: () => void = () => undefined;
afterEach(() => {
  Reflect.deleteProperty(document, 'visibilityState');
  localStorage.removeItem('unmask/background');
  end();
});

/** The controls of a run that has been sent on its way, what its session was told since, and the session's voice. */
async function running({
  habit = forgetful,
  goal,
}: {
  readonly habit?: typeof background;
  readonly goal?: number;
} = {}) {
  const told: Command[] = [];
  let say: (message: Message) => void = () => undefined;
  const runner = createRunner((hear) => {
    say = hear;
    return {
      send: (command) => told.push(command),
      inspect: async () => ({}),
      weights: async () => ({}),
      readBack: async () => undefined,
      judgeBy: async () => undefined,
      write: async () => ({ ids: [], step: 0, taps: {} }),
      close: async () => undefined,
    };
  }, habit);
  end = () => runner.close();
  const run = runFrom({});
  const history = { steps: [], evaluations: [] };
  runner.start(run, { paused: goal !== undefined });
  say({ type: 'started', run, step: 0, parameters: 1, history, kept: [] });
  if (goal !== undefined) runner.runTo(goal);
  say({ type: 'running', step: 0 });
  told.length = 0;
  return { runner, told, say, screen: await render(RunConduct, { conduct: runner.conduct }) };
}

test('a training rests while its page is hidden, says so, and goes on to its goal when it is seen', async () => {
  const { told, say, screen } = await running({ goal: 500 });
  set('hidden');
  expect(told).toEqual([{ type: 'pause' }]);
  say({ type: 'paused', step: 7 });
  await expect.element(screen.getByRole('status')).toHaveTextContent('Resting while this tab is hidden.');
  told.length = 0;
  set('visible');
  expect(told).toEqual([{ type: 'runTo', step: 500 }]);
  await expect.element(screen.getByRole('status')).toHaveTextContent('It rested while this tab was hidden.');
});

test('a run that the reader paused stays paused, also when its page is hidden at that very moment', async () => {
  const { runner, told, say } = await running();
  runner.pause();
  set('hidden');
  say({ type: 'paused', step: 7 });
  set('visible');
  expect(told.filter(({ type }) => type !== 'save')).toEqual([{ type: 'pause' }]);
});

test('a run that gets under way, or goes on after a question, while its page is hidden rests, too', async () => {
  const { told, say } = await running();
  say({ type: 'paused', step: 3 });
  set('hidden');
  expect(told).toEqual([]);
  say({ type: 'running', step: 3 });
  expect(told).toEqual([{ type: 'pause' }]);
});

test('a run that fails or ends while it rests does not go on', async () => {
  const { told, say } = await running();
  set('hidden');
  say({ type: 'failed', code: 'not-finite', text: 'The loss stopped being a number.' });
  say({ type: 'paused', step: 7 });
  told.length = 0;
  set('visible');
  expect(told).toEqual([]);
});

test('with a tick, which this browser remembers, a training goes on in the background and is saved', async () => {
  const { told, screen } = await running({ habit: background });
  await screen.getByLabelText('Go on in the background').click();
  expect(background.read()).toBe(true);
  set('hidden');
  set('visible');
  expect(told).toEqual([{ type: 'save' }]);
  end();
  const later = await running({ habit: background });
  await expect.element(later.screen.getByLabelText('Go on in the background').last()).toBeChecked();
});

test('a training that is left is saved', async () => {
  const { told } = await running();
  dispatchEvent(new Event('pagehide'));
  expect(told).toEqual([{ type: 'save' }]);
});

test('the speed is told at once, and to the next session', async () => {
  const { runner, told, screen } = await running();
  await screen.getByLabelText('Speed').selectOptions('5 steps a second');
  expect(told).toEqual([{ type: 'pace', stepsPerSecond: 5 }]);
  runner.close();
  told.length = 0;
  runner.warm();
  expect(told).toEqual([{ type: 'pace', stepsPerSecond: 5 }, { type: 'warm' }]);
});
