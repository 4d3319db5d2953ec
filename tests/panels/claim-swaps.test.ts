import { expect, test } from 'vitest';
import { swapsByClass } from '../../src/panels/claim-swaps.ts';
import type { Outcome } from '../../src/training/experiment.ts';

test('exchanged words stand from near to far, a class that nobody was asked about is left out', () => {
  const outcome = (arm: string, seed: string, accuracies: Readonly<Record<string, number>>): Outcome => ({
    arm,
    seed,
    evaluations: [],
    parameters: 1,
    readBack: { step: 1, losses: {}, accuracies },
  });
  const experiment = {
    id: 'x',
    title: 'x',
    arms: ['a', 'b'].map((label) => ({ label, change: {} })),
    base: {},
    seeds: ['1', '2'],
    readBack: true,
  };
  const cross = swapsByClass(experiment, [
    outcome('a', '1', { 'apart.place': 0.5, 'apart.city': 0.9 }),
    outcome('a', '2', { 'apart.place': 0.6, 'apart.city': 1 }),
    outcome('b', '1', { 'apart.city': 0.75 }),
  ]);
  expect(cross.columns).toEqual(['city', 'place']);
  expect(cross.cells.map((row) => row.map((cell) => cell?.value))).toEqual([
    [95, 55],
    [75, undefined],
  ]);
});
