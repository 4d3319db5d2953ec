import { expect, test } from 'vitest';
import { type Heard, heard, nothingHeard } from '../../src/training/history.ts';
import type { Message, Step } from '../../src/training/protocol.ts';

const step = (at: number, loss: number): Step => ({ step: at, loss, losses: {}, atMs: 0, tokens: 1, scoredShare: 0 });
const after = (...messages: readonly Message[]): Heard => messages.reduce(heard, nothingHeard);

test('steps are put one behind the other, and the last is where the run stands', () => {
  const { steps, step: at } = after(
    { type: 'steps', steps: [step(1, 5), step(2, 4)] },
    { type: 'steps', steps: [step(3, 3)] },
  );
  expect(steps.map(({ loss }) => loss)).toEqual([5, 4, 3]);
  expect(at).toBe(3);
});

test('numbers that come again after a run was set back replace the earlier ones and all behind them', () => {
  const { steps, evaluations } = after(
    { type: 'steps', steps: [step(1, 5), step(2, 4), step(3, 3)] },
    { type: 'evaluated', at: { step: 2, losses: { mlm: 4 }, accuracies: {} } },
    { type: 'evaluated', at: { step: 3, losses: { mlm: 3 }, accuracies: {} } },
    { type: 'steps', steps: [step(2, 4.5)] },
    { type: 'evaluated', at: { step: 2, losses: { mlm: 4.5 }, accuracies: {} } },
  );
  expect(steps.map(({ loss }) => loss)).toEqual([5, 4.5]);
  expect(evaluations.map(({ losses }) => losses.mlm)).toEqual([4.5]);
});

test('a run that is resumed begins with what it did before', () => {
  const history = { steps: [step(1, 5)], evaluations: [{ step: 0, losses: { mlm: 5 }, accuracies: {} }] };
  const known = after({ type: 'started', run: {} as never, step: 1, parameters: 7, history, kept: [1] });
  expect(known).toEqual({
    ...nothingHeard,
    ...history,
    step: 1,
    shown: 1,
    kept: [1],
    parameters: 7,
    floors: undefined,
  });
});

test('what says nothing of the numbers leaves them as they are', () => {
  expect(heard(nothingHeard, { type: 'ready', backend: 'webgl', adapter: 'a card' })).toBe(nothingHeard);
});
