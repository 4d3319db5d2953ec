import { describe, expect, test } from 'vitest';
import { answersOf, tieOf, type Way } from '../../src/panels/stream-answers.ts';
import { exact, toIds, vocabulary } from '../support/lost-and-found.ts';

const letter = toIds('on wednesday , a letter came to the forest from new york .');
const read = (way: Way, ids = letter) => answersOf(exact, ids, [10, 11], way, vocabulary.isSpecial);
const words = (way: Way) => read(way)!.map(({ guesses }) => guesses.map(({ id }) => vocabulary.tokens[id]));

describe('the best answer at the two places of a city', () => {
  test('is the word itself where it has been read already', () => {
    expect(words('own')).toEqual([['new'], ['york']]);
  });
  test('is one for both, among sixteen words, where the place is not known', () => {
    const [first, second] = read('before')!;
    expect(first!.among).toBeCloseTo(16, 10);
    expect(first!.guesses).toEqual(second!.guesses);
    expect(words('before')[0]).toContain('new');
    expect(words('before')[0]).toContain('york');
  });
  test('is among the eight words that fit there where the place is known', () => {
    expect(read('two')!.map(({ among }) => among)).toEqual([expect.closeTo(8, 10), expect.closeTo(8, 10)]);
    expect(words('two')[0]).not.toContain('york');
    expect(words('two')[1]).not.toContain('new');
  });
  test('has no rank where all that is possible is as probable', () => {
    const ties = (way: Way) => read(way)!.map(tieOf);
    expect(ties('before')).toEqual(['as probable as 15 others', 'as probable as 15 others']);
    expect(ties('two')).toEqual(['as probable as 7 others', 'as probable as 7 others']);
    expect(ties('own')).toEqual([undefined, undefined]);
    expect(tieOf({ guesses: [], truthShare: 0.3, truthRank: 2, among: 3 })).toBeUndefined();
  });
  test('is not known for a text that is not of the grammar', () => {
    expect(read('two', toIds('york new the the .'))).toBeUndefined();
  });
});
