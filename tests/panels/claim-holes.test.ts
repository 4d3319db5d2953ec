import { expect, test } from 'vitest';
import { bitsByHole } from '../../src/panels/claim-holes.ts';
import type { Experiment, Outcome } from '../../src/training/experiment.ts';

const experiment: Experiment = {
  id: 'ladder',
  title: 'Ladder',
  base: {},
  seeds: ['1', '2'],
  readBack: false,
  holes: [{ name: 'food of a day', class: 'food', next: 'near' }],
  arms: [
    { label: 'one word', change: {} },
    { label: 'none yet', change: {} },
  ],
};
const outcome = (seed: string, nats: number): Outcome => ({
  arm: 'one word',
  seed,
  parameters: 1,
  evaluations: [],
  holes: { 'food of a day': { step: 9, losses: { mlm: nats, best: 2 * Math.LN2 }, accuracies: {} } },
});

test('a claim about single holes has what each arm pays in bits, its spread, and what can be known there', () => {
  const { rows, columns, cells } = bitsByHole(experiment, [outcome('1', 2 * Math.LN2), outcome('2', 3 * Math.LN2)]);
  expect([rows, columns]).toEqual([['food of a day'], ['one word', 'none yet']]);
  expect(cells[0]).toEqual([
    { value: expect.closeTo(2.5, 9), spread: expect.closeTo(Math.SQRT1_2, 9), best: expect.closeTo(2, 9) },
    undefined,
  ]);
});
