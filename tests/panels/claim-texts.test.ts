import { expect, test } from 'vitest';
import { lossesByText } from '../../src/panels/claim-texts.ts';
import type { Experiment, Outcome } from '../../src/training/experiment.ts';

const experiment: Experiment = {
  id: 'copies',
  title: 'Copies',
  base: { documents: 5 },
  seeds: ['1', '2'],
  readBack: false,
  arms: [
    { label: 'one', change: {} },
    { label: 'none yet', change: {} },
  ],
};
const outcome = (seed: string, own: number, same: number, fresh: number): Outcome => ({
  arm: 'one',
  seed,
  parameters: 1,
  evaluations: [
    {
      step: 9,
      losses: { mlm: fresh },
      accuracies: {},
      sets: { sameText: { losses: { mlm: same }, accuracies: {} } },
    },
  ],
  batches: [{ step: 9, losses: { mlm: own } }],
});

test('a claim about few documents has the three losses of each arm at its end, with their spread over seeds', () => {
  const { columns, cells, to } = lossesByText(experiment, [outcome('1', 0, 2, 3), outcome('2', 0.2, 2, 4)]);
  expect(columns).toEqual(['its own holes', 'new holes, same text', 'new text']);
  expect(cells[0]).toEqual([
    { value: 0.1, spread: expect.closeTo(0.1 * Math.SQRT2, 9) },
    { value: 2, spread: 0 },
    { value: 3.5, spread: expect.closeTo(Math.SQRT1_2, 9) },
  ]);
  expect(cells[1]).toEqual([undefined, undefined, undefined]);
  expect(to).toBe(3.5);
});
