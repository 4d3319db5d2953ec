import { expect, test } from 'vitest';
import { lossesByExam } from '../../src/panels/claim-exams.ts';
import type { Experiment, Outcome } from '../../src/training/experiment.ts';

const experiment: Experiment = {
  id: 'rows',
  title: 'Rows',
  base: {},
  seeds: ['1', '2'],
  readBack: false,
  judgedOn: ['contiguous', 'nsp'],
  arms: [
    { label: 'pairs', change: { pairing: 'nsp' } },
    { label: 'none yet', change: {} },
  ],
};
const judged = (mlm: number) => ({ step: 9, losses: { mlm, nsp: 0.5 }, accuracies: {} });
const outcome = (seed: string, run: number, pairs: number): Outcome => ({
  arm: 'pairs',
  seed,
  parameters: 1,
  evaluations: [],
  judgedOn: { contiguous: judged(run), nsp: judged(pairs) },
});

test('a claim about rows has the loss at the holes of each arm on every kind of rows, with its spread over seeds', () => {
  const { rows, columns, cells, to } = lossesByExam(experiment, [outcome('1', 2, 3), outcome('2', 4, 3)]);
  expect(rows).toEqual(['pairs', 'none yet']);
  expect(columns).toEqual(['One run of text', 'Next sentence']);
  expect(cells[0]).toEqual([
    { value: 3, spread: expect.closeTo(Math.SQRT2, 9) },
    { value: 3, spread: 0 },
  ]);
  expect(cells[1]).toEqual([undefined, undefined]);
  expect(to).toBe(3);
});
