import { beforeAll, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { pairLoss } from '../../src/models/shared/heads.ts';
import * as tf from '../../src/nn/tf.ts';
import { trainingBatch } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import { runFrom, settingsOf } from '../../src/training/settings.ts';

const settings = {
  corpus: 'lost-and-found-days',
  pairing: 'sop',
  pairingOptions: { sentencesPerSegment: 1 },
  noisingOptions: { count: 'content', contentRate: 0.05, functionRate: 0.02 },
  warmUpOptions: { contentRate: 0.9, functionRate: 0.9 },
  warmUpSteps: 3,
  steps: 9,
  batchSize: 16,
  maxLength: 36,
};
const run = runFrom({ ...settings, practice: 0.5 });

beforeAll(() => tf.useBackend('cpu'));

test('rows that go on practising hide what the first phase hid, show true pairs, and bear no loss of the pair', async () => {
  const data = await prepare(run.text);
  const batches = Array.from({ length: 4 }, (_, i) => trainingBatch(data, run, 4 + i, createRng(`step ${i}`)));
  for (const { pairLabels, pairWeights, weights, slots } of batches) {
    expect([...pairWeights!]).toEqual([...new Array(8).fill(1), ...new Array(8).fill(0)]);
    expect([...pairLabels!].slice(8)).toEqual(new Array(8).fill(0));
    const asked = (row: number) => weights.slice(row * slots, (row + 1) * slots).reduce((a, b) => a + b, 0);
    const rows = Array.from({ length: 16 }, (_, row) => asked(row));
    expect(Math.min(...rows.slice(8))).toBeGreaterThan(Math.max(...rows.slice(0, 8)));
  }
  const judged = batches.flatMap(({ pairLabels }) => [...pairLabels!.slice(0, 8)]);
  expect(new Set(judged)).toEqual(new Set([0, 1]));
});

test('before the turn no row is asked about its pair, and without practice every row is', async () => {
  const data = await prepare(run.text);
  expect(trainingBatch(data, run, 3, createRng('a')).pairLabels).toBeUndefined();
  const plain = trainingBatch(data, runFrom(settings), 4, createRng('a'));
  expect(plain.pairLabels).toHaveLength(16);
  expect(plain.pairWeights).toBeUndefined();
});

test('the loss of the pair is the mean over the rows that are asked', () => {
  const logits = tf.tensor2d([1, 0, 0, 2, 5, 0], [3, 2]);
  const pairLabels = tf.tensor1d([0, 0, 1], 'int32');
  const batch = (pairWeights?: number[]) =>
    ({ pairLabels, ...(pairWeights && { pairWeights: tf.tensor1d(pairWeights) }) }) as never;
  const costs = [Math.log(1 + Math.exp(-1)), Math.log(1 + Math.exp(2)), Math.log(1 + Math.exp(5))];
  expect(pairLoss(logits, batch([1, 0, 1]))!.dataSync()[0]).toBeCloseTo((costs[0]! + costs[2]!) / 2, 5);
  expect(pairLoss(logits, batch())!.dataSync()[0]).toBeCloseTo(costs.reduce((a, b) => a + b) / 3, 5);
});

test('practice is a plain setting: it survives the way through settings and addresses, and other steps leave it alone', () => {
  expect(settingsOf(run)).toMatchObject({ practice: 0.5, warmUpSteps: 3 });
  expect(runFrom({ ...settingsOf(run), steps: 20 }).phases.map(({ practice }) => practice)).toEqual([undefined, 0.5]);
  expect(runFrom(settings).phases[1]).not.toHaveProperty('practice');
});
