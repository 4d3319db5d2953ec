import { expect, test } from 'vitest';
import { crossOf } from '../../src/panels/claim-pairs.ts';
import type { Experiment, Outcome } from '../../src/training/experiment.ts';
import type { Evaluation, Floors } from '../../src/training/protocol.ts';

const experiment: Experiment = {
  id: 'both',
  title: 'Both',
  base: {},
  seeds: ['1', '2'],
  readBack: false,
  judgedOn: ['nsp', 'sop'],
  arms: [
    { label: 'kinship', change: { pairing: 'nsp' } },
    { label: 'order', change: { pairing: 'sop' } },
  ],
};
const judged = (pairing: string, share: number): Evaluation => ({
  step: 9,
  losses: {},
  accuracies: { [pairing]: share },
});
const outcome = (arm: string, seed: string, nsp: number, sop: number): Outcome => ({
  arm,
  seed,
  evaluations: [],
  parameters: 1,
  floors: {
    best: { [arm === 'kinship' ? 'nsp' : 'sop']: { accuracy: 0.95 } },
  } as unknown as Floors,
  judgedOn: { nsp: judged('nsp', nsp), sop: judged('sop', sop) },
});

test('rows are what was trained on, columns what was tested on, and the best stands where both are the same', () => {
  const { rows, columns, cells } = crossOf(experiment, [
    outcome('kinship', '1', 0.9, 0.5),
    outcome('kinship', '2', 0.94, 0.5),
  ]);
  expect(rows).toEqual(['kinship', 'order']);
  expect(columns).toEqual(['next sentence or not', 'order of the sentences']);
  expect(cells[0]).toEqual([
    { value: expect.closeTo(92, 9), spread: expect.closeTo(Math.sqrt(8), 9), best: 95 },
    { value: 50, spread: 0, best: undefined },
  ]);
  expect(cells[1]).toEqual([undefined, undefined]);
});
