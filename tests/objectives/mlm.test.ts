import { expect, test } from 'vitest';
import { objective } from '../../src/objectives/mlm/index.ts';
import type { MlmOptions } from '../../src/objectives/mlm/options.ts';
import type { Sequence } from '../../src/objectives/objective.ts';
import { type Call, int, perm, scripted, u } from '../support/scripted.ts';
import { ids, toy, words } from '../support/toy-vocabulary.ts';

const sequence = (text: string): Sequence => {
  const all = ids(text);
  const cut = text.split(' ').indexOf('[SEP]');
  return { ids: all, segments: all.map((_, i) => (i > cut ? 1 : 0)) };
};

const reference: MlmOptions = { ...objective.defaults, mode: 'reference' };

function play(text: string, options: MlmOptions, ...calls: readonly (Call | readonly Call[])[]) {
  const input = sequence(text);
  const rng = scripted(calls.flat());
  const draws = objective.draw(input, options, toy, rng);
  expect(rng.left()).toBe(0);
  const example = objective.apply(input, draws);
  return { input: words(example.inputIds), inputIds: example.inputIds, labels: example.labels };
}

/** Places that are asked for, with their labels. */
const asked = (labels: readonly number[]) => labels.flatMap((label, i) => (label === -100 ? [] : [[i, label]]));

const catAndSun = '[CLS] the cat sat on the mat . the dog ran far [SEP] the sun rose . it was hot [SEP]';
const playing = '[CLS] the cat play ##ing on the rug . un ##seen dog ##s ran [SEP]';
const robertas = '[CLS] the cat sat on the mat . it was hot [SEP]';

test('worked example 1-A: three of 21 tokens, one hidden, one replaced, one kept', () => {
  const made = play(catAndSun, reference, perm(18, 5, 12, 9), u(0.31, 0.92, 0.73), int(0, 31, 7), u(0.85, 0.12));
  expect(made.input).toBe('[CLS] the cat sat on the [MASK] . the dog ran far [SEP] the cat rose . it was hot [SEP]');
  expect(made.inputIds).toEqual([2, 5, 7, 9, 11, 5, 4, 14, 5, 8, 10, 31, 3, 5, 7, 22, 14, 23, 24, 25, 3]);
  expect(asked(made.labels)).toEqual([
    [6, 12],
    [10, 10],
    [14, 21],
  ]);
});

test('worked example 1-B: whole words that would overshoot are passed over', () => {
  const made = play(playing, { ...reference, wholeWords: true }, perm(10, 1, 2, 7, 9), u(0.05, 0.44));
  expect(made.inputIds).toEqual([2, 5, 4, 26, 27, 11, 5, 13, 14, 29, 30, 8, 28, 4, 3]);
  expect(asked(made.labels)).toEqual([
    [2, 7],
    [13, 10],
  ]);
});

test('worked example 1-C: the pieces of a whole word meet their own fates', () => {
  const made = play(playing, { ...reference, wholeWords: true }, perm(10, 7), u(0.5, 0.88, 0.61), int(0, 31, 12));
  expect(made.inputIds).toEqual([2, 5, 7, 26, 27, 11, 5, 13, 14, 4, 12, 8, 28, 10, 3]);
  expect(asked(made.labels)).toEqual([
    [9, 29],
    [10, 30],
  ]);
});

test('worked example 1-D: RoBERTa rounds by chance and may hide the separator', () => {
  const options: MlmOptions = { ...reference, count: 'rounded' };
  const made = play(robertas, options, u(0.35), perm(12, 6, 11), u(0.05, 0.15), u(0.2, 0.7), int(0, 27, 13));
  expect(made.input).toBe('[CLS] the cat sat on the mat . it was hot is');
  expect(asked(made.labels)).toEqual([
    [6, 12],
    [11, 3],
  ]);
});

test('worked example 1-E: RoBERTa rounds down to one token', () => {
  const made = play(robertas, { ...reference, count: 'rounded' }, u(0.1), perm(12, 3), u(0.9));
  expect(made.input).toBe('[CLS] the cat [MASK] on the mat . it was hot [SEP]');
  expect(asked(made.labels)).toEqual([[3, 9]]);
});
