import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { noisings, pairings } from '../../src/objectives/catalog.ts';
import type { Frame } from '../../src/objectives/frame.ts';
import { makeExample, pack, recipeParts } from '../../src/objectives/make.ts';
import type { Recipe } from '../../src/objectives/objective.ts';
import { times } from '../support/statistics.ts';
import { document, stories } from '../support/stories.ts';
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

test('without a frame the runs stand alone, in one segment', () => {
  expect(pack({ a: ids('the cat') }, toy, 'none')).toEqual({ ids: [5, 7], segments: [0, 0] });
  const { ids: packed, segments, pairLabel } = pack({ a: ids('the cat'), b: ids('it ran'), pairLabel: 1 }, toy, 'none');
  expect(words(packed)).toBe('the cat it ran');
  expect([segments, pairLabel]).toEqual([[0, 0, 0, 0], 1]);
});

test('a vocabulary without separators is refused where a frame needs them', () => {
  const bare = vocabularyOf(['[PAD]', 'the', '[CLS]']);
  expect(() => pack({ a: [1] }, bare)).toThrow(
    'The vocabulary has no [SEP] token, which this objective needs; choose a tokenizer that has one.',
  );
  expect(pack({ a: [1] }, bare, 'none').ids).toEqual([1]);
});

const recipe = (noising: string, noisingOptions: object = {}): Recipe => ({
  pairing: 'nsp',
  noising,
  pairingOptions: { maxLength: 32 },
  noisingOptions,
});

test('an example keeps its whole history, each part made from the one before', () => {
  const { pairing, noising } = recipeParts(recipe('mlm'));
  const { pair, passage, sequence, noise, example, notes } = makeExample(stories, recipe('mlm'), toy, createRng(3));
  expect(pairing.apply(stories, pair)).toEqual(passage);
  expect(pack(passage, toy, 'bert', 32)).toEqual(sequence);
  expect({ ...noising.apply(sequence, noise), pairLabel: sequence.pairLabel }).toEqual(example);
  expect(noising.explain(sequence, noise)).toEqual(notes);
});

test.each(Object.keys(noisings))('the label of a pair is passed on to its example: %s', (noising) => {
  for (const seed of [1, 2, 3, 4]) {
    const { passage, example } = makeExample(stories, recipe(noising), toy, createRng(seed));
    expect(example.pairLabel).toBe(passage.pairLabel);
    expect([0, 1]).toContain(example.pairLabel);
  }
});

test('the room that a frame leaves free is filled with text', () => {
  const long = times(24, () => 'cat').join(' ');
  const lengthOf = (pairing: string, frame?: Frame) => {
    const of: Recipe = { ...recipe('mlm'), pairing, pairingOptions: { maxLength: 8 }, frame };
    const documents = [document(long, long), document(long, long)];
    return makeExample(documents, of, toy, createRng(1), { row: 0, rows: 1, turn: 0 }).sequence.ids.length;
  };
  for (const pairing of Object.keys(pairings)) {
    expect([lengthOf(pairing), lengthOf(pairing, 'none')]).toEqual([8, 8]);
  }
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
