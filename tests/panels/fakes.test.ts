import { describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { fakesByCounts, perfectFakes } from '../../src/panels/fakes.ts';
import { exact, idOf, toIds, vocabulary } from '../support/lost-and-found.ts';

const day = toIds('on tuesday , it was rainy , so the toad looked for honey near the forest .');
const ids = [vocabulary.classifyId!, ...day, vocabulary.separateId!];
const holes = [10, 13];
const rngOf = (seed: number) => createRng('fakes').fork(String(seed));

describe('fakes for the holes of a sentence', () => {
  test('touch nothing but the holes', () => {
    for (let seed = 0; seed < 50; seed++) {
      for (const fakes of [
        fakesByCounts(ids, holes, vocabulary, rngOf(seed)),
        perfectFakes(exact, ids, holes, vocabulary.isSpecial, rngOf(seed))!,
      ])
        expect(fakes.ids.filter((_, i) => !holes.includes(i))).toEqual(ids.filter((_, i) => !holes.includes(i)));
    }
  });
  test('by counts differ unless the same word is drawn: here every word is as frequent as any', () => {
    const words = vocabulary.tokens.filter((_, id) => !vocabulary.isSpecial(id)).length;
    expect(fakesByCounts(ids, holes, vocabulary, rngOf(1)).expected).toBeCloseTo(2 * (1 - 1 / words), 12);
  });
  test('by a perfect generator go together: the animal that comes with the rain and its food', () => {
    const fitting = new Map([
      ['toad', 'honey'],
      ['duck', 'fish'],
      ['mouse', 'seeds'],
      ['snail', 'berries'],
    ]);
    const drawn = Array.from(
      { length: 200 },
      (_, seed) => perfectFakes(exact, ids, holes, vocabulary.isSpecial, rngOf(seed))!,
    );
    const pairs = drawn.filter(({ ids: filled }) =>
      [...fitting].some(([animal, food]) => filled[10] === idOf(animal) && filled[13] === idOf(food)),
    );
    // Nine in ten animals fit by rule, and one of sixteen of the others by chance.
    expect(pairs.length / drawn.length).toBeGreaterThan(0.85);
    expect(drawn[0]!.expected).toBeCloseTo(1.52, 2);
  });
  test('by a perfect generator there are none where the grammar has no such text', () => {
    expect(perfectFakes(exact, toIds('toad toad toad'), [1], vocabulary.isSpecial, rngOf(1))).toBeUndefined();
  });
});
