import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { drawPuzzle, isRight, knowable, type Puzzle, readHoles } from '../../src/panels/guess.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { defaultRun } from '../../src/training/settings.ts';
import { exact, idOf, toIds, vocabulary } from '../support/lost-and-found.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

const sentence = toIds('on tuesday , it was rainy , so the toad looked for honey near the forest .');
/** Positions of the bare sentence. */
const read = (holes: readonly number[], ids: readonly number[] = sentence) =>
  readHoles(exact, { ids, holes }, vocabulary.isSpecial);

describe('a drawn puzzle', () => {
  const at = (n: number): Puzzle => drawPuzzle(data.train, data.vocabulary, 3, createRng('a').fork(String(n)))!;
  test('is the same from the same seed, and another one from another', () => {
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
  });
  test('covers three words in order, at least two of them with content, never a comma and never the frame', () => {
    for (let n = 0; n < 40; n++) {
      const { ids, holes } = at(n);
      expect([...new Set(holes)].sort((a, b) => a - b)).toEqual(holes);
      expect(holes).toHaveLength(3);
      expect(holes.map((position) => data.vocabulary.tokens[ids[position]!]).join('')).toMatch(/^[a-z]+$/);
      expect(holes.filter((position) => data.vocabulary.isContent(ids[position]!)).length).toBeGreaterThanOrEqual(2);
    }
  });
  test('is none where no sentence suits', () => {
    expect(drawPuzzle([{ sentences: [toIds('on tuesday .')] }], vocabulary, 3, createRng(1))).toBeUndefined();
  });
});

test('a guess is right however it is spaced and capitalised, and an empty one never', () => {
  expect(['toad', ' Toad ', 'toads', ''].map((guess) => isRight(guess, 'toad'))).toEqual([true, true, false, false]);
});

describe('an exact reader', () => {
  test('is sure of fixed wording, undecided among seven weekdays, and nearly sure of the animal', () => {
    const [day, animal, word] = read([1, 9, 11])!;
    expect(day!.among).toBeCloseTo(7, 6);
    expect(word!.among).toBeCloseTo(1, 6);
    // 0.9 for the fitting animal and an equal share of the rest for each of the sixteen.
    expect(animal!.guesses[0]!.id).toBe(idOf('toad'));
    expect(animal!.truthShare).toBeCloseTo(0.9 + 0.1 / 16, 6);
    expect([day, animal, word].map((reading) => knowable(reading!))).toEqual([
      'nobody can know it: 7 words are equally likely',
      'even an exact reader is undecided, as among 1.8 words',
      'it can be known for certain',
    ]);
  });
  test('ranks the truth behind all that are as likely', () => {
    expect(read([1])![0]!.truthRank).toBe(7);
    expect(read([9])![0]!.truthRank).toBe(1);
  });
  test('says nothing of a text that has no grammar', () => {
    expect(read([0], toIds('york new the the .'))).toBeUndefined();
    expect(readHoles(undefined, { ids: sentence, holes: [1] }, vocabulary.isSpecial)).toBeUndefined();
  });
});
