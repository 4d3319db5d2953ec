import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { makeExample, pack, prepare } from '../../src/objectives/make.ts';
import type { Recipe } from '../../src/objectives/objective.ts';
import { stories } from '../support/stories.ts';
import { ids, toy, vocabularyOf, words } from '../support/toy-vocabulary.ts';

test('a pair is packed with its separators, and segment 1 begins behind the first', () => {
  const { ids: packed, segments, pairLabel } = pack({ a: ids('the cat'), b: ids('it ran'), pairLabel: 1 }, toy);
  expect(words(packed)).toBe('[CLS] the cat [SEP] it ran [SEP]');
  expect(segments).toEqual([0, 0, 0, 0, 1, 1, 1]);
  expect(pairLabel).toBe(1);
});

test('one run is packed with one separator and no pair label', () => {
  expect(pack({ a: ids('the cat') }, toy)).toEqual({ ids: [2, 5, 7, 3], segments: [0, 0, 0, 0] });
});

test('a vocabulary without separators is refused', () => {
  expect(() => pack({ a: [1] }, vocabularyOf(['[PAD]', 'the', '[CLS]']))).toThrow(
    'The vocabulary has no [SEP] token, which this objective needs; choose a tokenizer that has one.',
  );
});

const recipe = (noising: string, noisingOptions: object = {}): Recipe => ({
  pairing: 'nsp',
  noising,
  pairingOptions: { maxLength: 32 },
  noisingOptions,
});

test('an example keeps its whole history, each part made from the one before', () => {
  const { pairing, noising } = prepare(recipe('mlm'));
  const { pair, passage, sequence, noise, example, notes } = makeExample(stories, recipe('mlm'), toy, createRng(3));
  expect(pairing.apply(stories, pair)).toEqual(passage);
  expect(pack(passage, toy)).toEqual(sequence);
  expect(noising.apply(sequence, noise)).toEqual(example);
  expect(noising.explain(sequence, noise)).toEqual(notes);
  expect(example.pairLabel).toBe(passage.pairLabel);
});

test('another noising meets the same text', () => {
  const [one, other] = ['mlm', 'denoise'].map((noising) => makeExample(stories, recipe(noising), toy, createRng(8)));
  expect(one!.sequence).toEqual(other!.sequence);
});

test('one seed gives one example', () => {
  const made = (seed: string) => JSON.stringify(makeExample(stories, recipe('rtd'), toy, createRng(seed)));
  expect(made('a')).toBe(made('a'));
  expect(made('a')).not.toBe(made('b'));
});
