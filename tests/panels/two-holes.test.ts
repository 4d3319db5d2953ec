import { describe, expect, test } from 'vitest';
import { readTwoHoles } from '../../src/panels/two-holes.ts';
import { exact, toIds, vocabulary } from '../support/lost-and-found.ts';

const letter = toIds('on wednesday , a letter came to the forest from new york .');
const read = (holes: readonly [number, number], ids = letter) => readTwoHoles(exact, ids, holes, vocabulary.isSpecial)!;
const words = (ids: readonly number[]) => ids.map((id) => vocabulary.tokens[id]);
const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);

describe('two holes of one sentence', () => {
  test('of a city leave the eight cities, all equally likely, and no other pair', () => {
    const { firsts, seconds, joint } = read([10, 11]);
    expect(
      words(firsts)
        .map((first, i) => `${first} ${words(seconds)[i]}`)
        .sort(),
    ).toEqual([
      'buenos aires',
      'cape town',
      'costa rica',
      'hong kong',
      'los angeles',
      'new york',
      'san marino',
      'tel aviv',
    ]);
    for (const [i, row] of joint.entries()) {
      expect(row[i]).toBeCloseTo(1 / 8, 12);
      expect(row.filter((share) => share > 0)).toHaveLength(1);
    }
  });
  test('are together what each of them is alone, summed over the other', () => {
    const { first, second, joint } = read([1, 8]);
    expect(sum(joint.flat())).toBeCloseTo(1, 12);
    for (const [i, row] of joint.entries()) expect(sum(row)).toBeCloseTo(first[i]!, 12);
    for (const [j, share] of second.entries()) expect(sum(joint.map((row) => row[j]!))).toBeCloseTo(share, 12);
  });
  test('of a text that is not of the grammar are not read', () => {
    expect(readTwoHoles(exact, toIds('york new the the .'), [0, 1], vocabulary.isSpecial)).toBeUndefined();
  });
});
