import { expect, test } from 'vitest';
import { barsOf, seriesOf } from '../../src/panels/claim-measures.ts';
import type { Experiment, Outcome } from '../../src/training/experiment.ts';

const experiment: Experiment = {
  id: 'two',
  title: 'Two objectives',
  base: {},
  seeds: ['1', '2'],
  readBack: true,
  arms: [
    { label: 'holes', change: {} },
    { label: 'next tokens', change: { noising: 'causal' } },
  ],
};
const outcome = (arm: string, seed: string, losses: readonly Record<string, number>[], restored?: number): Outcome => ({
  arm,
  seed,
  parameters: 1,
  evaluations: losses.map((each, step) => ({ step, losses: each, accuracies: {} })),
  readBack: { step: 1, losses: {}, accuracies: { mlm: 0.5, ...(restored !== undefined && { restored }) } },
});
const outcomes = [
  outcome(
    'holes',
    '1',
    [
      { mlm: 5, nsp: 9 },
      { mlm: 1, nsp: 9 },
    ],
    0.25,
  ),
  outcome('next tokens', '1', [{ causal: 4 }, { causal: 2 }], 0.75),
  outcome('holes', '2', [{ mlm: 6 }, { mlm: 3 }]),
];

test('each arm is measured by the last loss at what it asks itself', () => {
  expect(barsOf(experiment, outcomes, 'heldOut')).toEqual([
    { name: 'holes', hue: 0, values: [1, 3] },
    { name: 'next tokens', hue: 1, values: [2] },
  ]);
});

test('a share that was not asked for at the end of a run is left out', () => {
  expect(barsOf(experiment, outcomes, 'restored').map(({ values }) => values)).toEqual([[0.25], [0.75]]);
  expect(barsOf(experiment, outcomes, 'readBack').map(({ values }) => values)).toEqual([[0.5, 0.5], []]);
});

test('its curve holds a trace a seed', () => {
  const [holes] = seriesOf(experiment, outcomes);
  expect(holes!.traces.map(({ heldOut }) => heldOut)).toEqual([
    [
      [0, 5],
      [1, 1],
    ],
    [
      [0, 6],
      [1, 3],
    ],
  ]);
});
