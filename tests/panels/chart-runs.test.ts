import { expect, test } from 'vitest';
import { drawnRuns } from '../../src/panels/lab/chart-runs.ts';
import { columnsOf, whyApart } from '../../src/panels/lab/columns.ts';
import { differSentence, lastLoss, rowName, whyNotDrawn } from '../../src/panels/lab/tray-words.ts';
import { lossCharts } from '../../src/panels/loss-charts.ts';
import { type AxisName, bySteps, placesOf } from '../../src/panels/run-axes.ts';
import type { Tray } from '../../src/panels/tray.svelte.ts';
import { kept, type Lettered, type TrayRun } from '../../src/panels/tray.ts';
import { questionsOf } from '../../src/training/model.ts';
import { data, emptyScene, emptyTray, labOf } from './lab-tools.ts';
import { frameOf, madeOf, probe, settings, stepAt } from './made-runs.ts';

const run = settings();
const { vocabulary } = data;
const live: Lettered = { ...madeOf(run, 10), letter: 'B' };
const asked = { probe, vocabulary, frames: [frameOf(0, 0.1), frameOf(5, 0.5), frameOf(20, 0.9)] };
const ghost: TrayRun = { ...madeOf(run, 20), letter: 'A', from: 'here', isShown: true };
const wide: TrayRun = {
  ...madeOf(settings({ heads: 4 }), 0),
  steps: [1, 2, 3, 4].map((step) => stepAt(step, { tokens: 25 })),
  letter: 'C',
  from: 'here',
  isShown: true,
};

const trayOf = (shown: readonly TrayRun[], axis: AxisName = 'steps'): Tray => ({
  ...emptyTray,
  runs: shown,
  shown,
  live,
  axis: axis === 'steps' ? bySteps : { name: axis, places: ({ steps }) => placesOf(axis, { steps }) },
});
const [chart] = lossCharts({ ...live, questions: questionsOf(run) });
const sought: (number | undefined)[] = [];
const scene = { ...emptyScene, place: 5, steps: [0, 5, 10], seek: (at: number | undefined) => sought.push(at) };
const drawn = (tray: Tray) => drawnRuns({ ...labOf({}), run, tray, scene }, chart!, [{ step: 3, title: 'pairs' }]);

test('a run of the same settings is the ghost of the one on the chart, another has the colour of its letter', () => {
  expect(drawn(trayOf([ghost, wide])).series.map(({ name, ghost: pale, hue }) => [name, pale ?? false, hue])).toEqual([
    ['B', false, 1],
    ['A', true, 1],
    ['C', false, 2],
  ]);
});

test('on another axis curves, playhead, frames and flags stand where their steps do, and a seek is led back', () => {
  const { series, at, frames, flags, unit, onseek } = drawn(trayOf([wide], 'tokens'));
  expect(unit).toBe('token');
  expect(series.map(({ traces }) => traces[0]!.training.at(-1)![0])).toEqual([100, 100]);
  expect([at, frames, flags.map(({ step }) => step)]).toEqual([50, [0, 50, 100], [30]]);
  onseek!(59);
  onseek!(undefined);
  expect(sought).toEqual([5, undefined]);
});

test('a run that asks something else, or whose steps were not stored, has no curve, and it is said why', () => {
  const judge: TrayRun = { ...ghost, run: settings({ noising: 'rtd', architecture: 'electra' }), letter: 'D' };
  const other: TrayRun = { ...ghost, run: settings({ noising: 'denoise', architecture: 'bart' }), letter: 'D' };
  const stored: TrayRun = { ...wide, steps: [], from: 'stored' };
  expect(drawn(trayOf([other])).series.map(({ name }) => name)).toEqual(['B']);
  expect(drawn(trayOf([stored], 'tokens')).series.map(({ name }) => name)).toEqual(['B']);
  expect(whyNotDrawn(other, 'mlm', true)).toBe('asks something else: no curve on this chart');
  expect(whyNotDrawn(stored, 'mlm', false)).toBe('its steps were not stored: not on this axis');
  expect(whyNotDrawn(judge, 'rtd', true)).toBeUndefined();
});

test('answers stand at the same place of the axis, each at its frame at or before it', () => {
  const both = [
    { ...live, ...asked },
    { ...wide, ...asked },
  ] as const;
  const steps = (axis: AxisName, step: number) =>
    columnsOf(both, { step, frame: frameOf(step, 1), origin: 'kept' }, trayOf([wide], axis)).map(
      ({ letter, seen }) => `${letter} ${seen.frame.step}`,
    );
  expect(steps('steps', 10)).toEqual(['B 10', 'C 5']);
  expect(steps('steps', 4)).toEqual(['B 4', 'C 0']);
  // Ten steps of 10 tokens are four of 25.
  expect(steps('tokens', 10)).toEqual(['B 10', 'C 0']);
});

test('answers to other questions, in other words, or not given do not stand side by side', () => {
  const known = { ...live, ...asked };
  expect(whyApart([known, { ...wide, ...asked }])).toBeUndefined();
  const elsewhere = { ...probe, examples: [{ ...probe.examples[0]!, inputIds: [2, 4, 4] }] };
  expect(whyApart([known, { ...wide, ...asked, probe: elsewhere }])).toMatch(/B and C were not asked the same/);
  expect(whyApart([known, { ...wide, ...asked, frames: [] }])).toMatch(/C has given no answers/);
  expect(whyApart([known, { ...wide, ...asked, vocabulary: undefined }])).toMatch(/The text of C is not read here/);
});

test('two runs in one line: in what they differ, and whether the seed does', () => {
  const of = (more: Parameters<typeof settings>[0], letter = 'B'): Lettered => ({
    ...madeOf(settings(more), 1),
    letter,
  });
  const a = of({}, 'A');
  expect(differSentence(a, of({ heads: 4, learningRate: 0.003 }))).toBe(
    'A and B differ in heads 2 → 4 and learning rate 0.0015 → 0.003; all else is equal, the seed too.',
  );
  expect(differSentence(a, of({ seed: '2' }))).toBe('A and B differ in the seed 1 → 2 alone.');
  expect(differSentence(a, of({ heads: 4, seed: '2' }))).toBe(
    'A and B differ in heads 2 → 4 and seed 1 → 2; all else is equal.',
  );
  expect(differSentence(a, of({}))).toBe('A and B have the same settings, the seed too: the same numbers come again.');
});

test('a row says what the first run is, and of others what is otherwise', () => {
  expect(rowName(ghost, ghost)).toBe('BERT: masked tokens, 2 × 64, seed 1');
  expect(rowName(wide, ghost)).toBe('heads 4');
  expect(rowName(kept([], ghost)[0]!, { ...ghost, run: structuredClone(run) })).toBe('the same settings');
  expect(lastLoss(ghost)).toBe(5);
});
