import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { type MlmOptions, objective } from '../../src/objectives/mlm/index.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { perm, pick, scripted, u } from '../support/scripted.ts';
import { expectChiSquare, times } from '../support/statistics.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const albert: MlmOptions = { ...objective.defaults, mode: 'reference', wholeWords: true, ngram: 3 };
const all = ids('[CLS] the cat play ##ing on the rug . un ##seen dog ##s ran [SEP] it was hot . [SEP]');
const input: Sequence = { ids: all, segments: all.map((_, i) => (i > 14 ? 1 : 0)) };
const asked = (labels: readonly number[]) => labels.flatMap((label, i) => (label === IGNORE ? [] : [[i, label]]));

test('worked example 5-C: runs that do not fit are shortened, and what cannot be is passed over', () => {
  const rng = scripted([perm(14, 4, 2, 10), pick(1), ...u(0.1, 0.2), pick(2), pick(2), ...u(0.93, 0.4)]);
  const draws = objective.draw(input, albert, toy, rng);
  const { inputIds, labels } = objective.apply(input, draws);
  expect(rng.left()).toBe(0);
  expect(inputIds).toEqual([2, 5, 7, 26, 27, 11, 4, 4, 14, 29, 30, 8, 28, 10, 3, 23, 24, 25, 14, 3]);
  expect(asked(labels)).toEqual([
    [6, 5],
    [7, 13],
    [15, 23],
  ]);
  const sizes = objective.decisions(input, draws, toy).filter(({ question }) => question.startsWith('How many words'));
  expect(sizes.map(({ answer }) => answer)).toEqual([
    '2: 6 (the), 7 (rug)',
    '3: 3 (play), 4 (##ing): too long, passed over',
    '3: 15 (it)',
  ]);
  expect(sizes.map(({ chance }) => chance)).toEqual([3 / 11, 2 / 11, 2 / 11].map((p) => expect.closeTo(p, 12)));
});

test('worked example 5-D: as published, a run may cross the separator', () => {
  const rng = scripted([perm(14, 9, 0), pick(1), ...u(0.1, 0.1), pick(0), ...u(0.1)]);
  const { inputIds, labels } = objective.apply(input, objective.draw(input, albert, toy, rng));
  expect(rng.left()).toBe(0);
  expect(inputIds).toEqual([2, 4, 7, 26, 27, 11, 5, 13, 14, 29, 30, 8, 28, 4, 3, 4, 24, 25, 14, 3]);
  expect(asked(labels)).toEqual([
    [1, 5],
    [13, 10],
    [15, 23],
  ]);
});

const clean: MlmOptions = { ...albert, mode: 'clean', rate: 0.3 };
const made = (seed: number, options = clean) => objective.draw(input, options, toy, createRng(seed));
const words = [[1], [2], [3, 4], [5], [6], [7], [8], [9, 10], [11, 12], [13], [15], [16], [17], [18]];

test.each(['clean', 'reference'] as const)('runs are whole words side by side in %s mode', (mode) => {
  for (const seed of times(400, (i) => i)) {
    for (const step of made(seed, { ...clean, mode }).steps) {
      if (step.kind !== 'size' || step.skipped) continue;
      const first = words.findIndex(([head]) => head === step.positions[0]);
      const run = words.slice(first, first + step.size);
      const flat = run.flat();
      expect(flat.slice(0, step.positions.length)).toEqual(step.positions);
      const isUnbroken = step.positions.every((position, k) => k === 0 || position === step.positions[k - 1]! + 1);
      const isAcross = step.positions.includes(13) && step.positions.includes(15);
      expect(isUnbroken).toBe(mode === 'clean' || !isAcross);
    }
  }
});

test('no run crosses the separator in clean mode', () => {
  const crossing = times(400, (seed) => made(seed)).filter(({ steps }) =>
    steps.some((step) => step.kind === 'size' && step.positions.includes(13) && step.positions.includes(15)),
  );
  expect(crossing).toEqual([]);
});

test('as published some runs do cross it', () => {
  const crossing = times(400, (seed) => made(seed, { ...albert, rate: 0.3 })).filter(({ steps }) =>
    steps.some((step) => step.kind === 'size' && step.positions.includes(13) && step.positions.includes(15)),
  );
  expect(crossing.length).toBeGreaterThan(10);
});

test.each(['clean', 'reference'] as const)('lengths are drawn as 6, 3 and 2 of 11 in %s mode', (mode) => {
  const counts = [0, 0, 0];
  for (const seed of times(1500, (i) => i)) {
    for (const step of made(seed, { ...clean, mode }).steps) if (step.kind === 'size') counts[step.size - 1]! += 1;
  }
  const total = counts.reduce((a, b) => a + b, 0);
  expect(total).toBeGreaterThan(4000);
  expectChiSquare(
    counts,
    [6, 3, 2].map((share) => (share / 11) * total),
    18.42,
  );
});

test.each(['clean', 'reference'] as const)(
  'no more than the number wanted, and no piece without its word in %s mode',
  (mode) => {
    for (const seed of times(400, (i) => i)) {
      const { labels } = objective.apply(input, made(seed, { ...clean, mode }));
      const chosen = labels.map((label) => label !== IGNORE);
      expect(chosen.filter(Boolean).length).toBeLessThanOrEqual(6);
      expect([chosen[3], chosen[9], chosen[11]]).toEqual([chosen[4], chosen[10], chosen[12]]);
    }
  },
);

test('the first word is asked for less often than one in the middle, since no run begins before it', () => {
  const long = ids(`[CLS] ${times(62, (i) => toy.tokens[5 + (i % 20)]).join(' ')} [SEP]`);
  const text = { ids: long, segments: long.map(() => 0) };
  const hits = new Array<number>(64).fill(0);
  for (const seed of times(3000, (i) => i)) {
    const { labels } = objective.apply(text, objective.draw(text, { ...albert }, toy, createRng(seed)));
    labels.forEach((label, i) => {
      if (label !== IGNORE) hits[i]! += 1;
    });
  }
  expect(hits[1]! / 3000).toBeCloseTo(0.11, 1);
  expect(hits[1]! / 3000).toBeLessThan(0.13);
  expect(hits[30]! / 3000).toBeGreaterThan(0.14);
});

test('the label of a pair changes nothing of its mask', () => {
  const draws = made(3);
  const [follows, not] = [0, 1].map((pairLabel) => objective.apply({ ...input, pairLabel: pairLabel as 0 | 1 }, draws));
  expect(follows!.labels).toEqual(not!.labels);
  expect(follows!.inputIds).toEqual(not!.inputIds);
});
