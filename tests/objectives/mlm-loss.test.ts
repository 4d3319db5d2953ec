import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { collate } from '../../src/objectives/batch.ts';
import { type MlmOptions, objective } from '../../src/objectives/mlm/index.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { nll, times } from '../support/statistics.ts';
import { ids, toy, words } from '../support/toy-vocabulary.ts';

const clean = objective.defaults;
const ordinary = 'the a cat dog sat ran on mat rug . new york is city big red sun rose it was hot'.split(' ');

/** [CLS], then as many words as make `n` tokens with the final [SEP]. */
function sequenceOf(n: number, seed = 1): Sequence {
  const rng = createRng(`text ${seed}`);
  const inner = times(n - 2, () => ordinary[rng.int(ordinary.length)]!);
  const all = ids(['[CLS]', ...inner, '[SEP]'].join(' '));
  return { ids: all, segments: all.map(() => 0) };
}

const make = (input: Sequence, options: MlmOptions, seed: number) => {
  const draws = objective.draw(input, options, toy, createRng(seed));
  return { draws, ...objective.apply(input, draws) };
};

test('worked example 1-F: the loss is the mean over the predictions, whatever empty slots there are', () => {
  const logits = [
    [2.0, 0.5, -1.0, 0.0, 0.3],
    [0.1, 0.2, 0.3, 0.4, 0.5],
    [-0.5, 1.5, 0.0, 0.0, 0.0],
  ];
  const losses = [0, 4, 2].map((label, row) => nll(logits[row]!, label));
  expect(losses).toEqual([0.464323, 1.419416, 2.090409].map((x) => expect.closeTo(x, 6)));
  const sum = losses.reduce((a, b) => a + b, 0);
  expect(sum / 3).toBeCloseTo(1.324716, 6);
  expect(sum / (3 + 1e-5)).toBeCloseTo(1.324711, 6);
});

/** Σ w·nll / Σ w over the slots of a batch; logits by place. */
function loss(arrays: ReturnType<typeof collate>, logits: (place: number) => readonly number[]): number {
  let sum = 0;
  let weights = 0;
  arrays.positions.forEach((place, slot) => {
    sum += arrays.weights[slot]! * nll(logits(place), arrays.labels[slot]!);
    weights += arrays.weights[slot]!;
  });
  return sum / Math.max(weights, 1e-9);
}

const batchOf = (slots: number, length = 40) =>
  collate(
    times(4, (seed) => make(sequenceOf(40, seed), clean, seed)),
    { length, slots, padId: 0 },
  );
const logitsAt = (length: number) => (place: number) => {
  const token = (place % length) + 40 * Math.floor(place / length);
  return times(32, (id) => Math.sin(token * 31 + id * 7));
};

test('logits at places that are not asked for do not matter', () => {
  const arrays = batchOf(6);
  const places = new Set(arrays.positions);
  const changed = (place: number) => (places.has(place) ? logitsAt(40)(place) : times(32, () => 99));
  expect(loss(arrays, changed)).toBe(loss(arrays, logitsAt(40)));
});

test('more empty slots and more padding leave the loss as it is', () => {
  const plain = loss(batchOf(6), logitsAt(40));
  expect(loss(batchOf(11), logitsAt(40))).toBeCloseTo(plain, 12);
  expect(loss(batchOf(6, 45), logitsAt(45))).toBeCloseTo(plain, 12);
});

test('nothing asked for costs nothing', () => {
  const input = sequenceOf(12);
  const empty = make(input, { ...clean, count: 'independent', rate: 0 }, 1);
  const arrays = collate([empty], { length: 12, slots: 2, padId: 0 });
  expect([...arrays.weights]).toEqual([0, 0]);
  expect(loss(arrays, logitsAt(12))).toBe(0);
});

test('renaming the tokens renames the example and nothing else', () => {
  const rename = (id: number) => (id < 5 ? id : 5 + ((id - 5 + 11) % 27));
  const tokens = toy.tokens.map((_, id) => toy.tokens[times(32, (i) => i).find((old) => rename(old) === id)!]!);
  const other = { ...toy, tokens, isContent: () => true, continues: () => false };
  const input = sequenceOf(40);
  const options: MlmOptions = { ...clean, randomShare: 0 };
  const renamed = { ...input, ids: input.ids.map(rename) };
  const there = objective.apply(renamed, objective.draw(renamed, options, other, createRng(4)));
  const here = make(input, options, 4);
  expect(words(there.inputIds, other)).toBe(words(here.inputIds));
  expect(there.labels).toEqual(here.labels.map((id) => (id === IGNORE ? id : rename(id))));
});
