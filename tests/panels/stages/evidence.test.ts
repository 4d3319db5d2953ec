import { describe, expect, test } from 'vitest';
import { pairings } from '../../../src/objectives/catalog.ts';
import { allTies, evidenceOf, readersOf, tiesIn } from '../../../src/panels/stages/evidence/evidence.ts';
import type { Tie } from '../../../src/text/exact.ts';
import { exact, toIds, vocabulary } from '../../support/lost-and-found.ts';

const pairOf = (a: string, b: string) => {
  const ids = toIds(`[CLS] ${a} [SEP] ${b} [SEP]`);
  const end = ids.indexOf(vocabulary.separateId);
  return { ids, segments: ids.map((_, i) => Number(i > end)) };
};
const monday = 'on monday , nora felt as brave as a lion at the castle .';
const tuesday = 'on tuesday , she danced with the dragon at the castle until dark .';
const elsewhere = 'on friday , a letter came to the harbor from tel aviv .';
const weigh = (a: string, b: string, pairing: 'nsp' | 'sop', covered: readonly Tie[] = []) =>
  evidenceOf(pairOf(a, b), pairings[pairing]!, covered, exact, vocabulary)!;
const bits = (a: string, b: string, pairing: 'nsp' | 'sop') => weigh(a, b, pairing).clues.map((clue) => clue.bits);
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));

describe('the evidence in a pair', () => {
  test('for a next sentence: same place one in eight, same pronoun one in two, the day after 6.4 to one', () => {
    expect(bits(monday, tuesday, 'nsp')).toEqual(close([3, 1, Math.log2(6.4)]));
    expect(bits(tuesday, monday, 'nsp')).toEqual(close([3, 1, Math.log2(0.1)]));
  });
  test('for the order is in the weekdays alone', () => {
    expect(bits(monday, tuesday, 'sop')).toEqual(close([0, 0, 6]));
    expect(bits(tuesday, monday, 'sop')).toEqual(close([0, 0, -6]));
  });
  test('of another place rules out that B follows, whatever else is said', () => {
    const { clues, bits: together, share } = weigh(monday, elsewhere, 'nsp');
    expect([clues[0]!.bits, together]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(share).toBe(0);
    expect(clues[1]).toMatchObject({ a: ['nora'], b: [], bits: expect.closeTo(0, 9) });
  });
  test('of an opening is its kind, beside which nothing counts', () => {
    const opening = 'once upon a time , nora lived in tel aviv and lost a red kite .';
    const { clues, share } = weigh(opening, tuesday, 'sop');
    expect(clues.map(({ bits: one }) => one)).toEqual([0, 0, 0, Number.POSITIVE_INFINITY]);
    expect(share).toBe(1);
    expect(weigh(monday, tuesday, 'sop').clues).toHaveLength(3);
  });
  test('adds up to the verdict of the exact reader, and to less where a clue is covered', () => {
    const pair = pairOf(monday, tuesday);
    const whole = weigh(monday, tuesday, 'nsp');
    expect(whole.bits).toBeCloseTo(
      whole.clues.reduce((sum, clue) => sum + clue.bits, 0),
      9,
    );
    const seen = pair.ids.map((id) => (vocabulary.isSpecial(id) ? null : id));
    expect(whole.share).toBeCloseTo(exact.read(pair.ids, 'nsp')!.hypotheses(seen)![0]!, 12);
    expect(weigh(monday, tuesday, 'nsp', ['place']).bits).toBeCloseTo(whole.bits - 3, 9);
    expect(weigh(monday, tuesday, 'nsp', allTies).bits).toBeCloseTo(0, 9);
  });
  test('lies in the words of places, heroes and weekdays', () => {
    const { ids } = pairOf(monday, tuesday);
    const words = (ties: readonly Tie[]) => tiesIn(ids, ties, exact).map((i) => vocabulary.tokens[ids[i]!]);
    expect(words(['place'])).toEqual(['castle', 'dragon', 'castle']);
    expect(words(['hero', 'weekday'])).toEqual(['monday', 'nora', 'tuesday', 'she']);
    expect(exact.ties(toIds('one day , it was rainy'))).toEqual(new Array(6).fill(undefined));
  });
});

describe('readers of a pair', () => {
  const shares = (a: string, b: string, pairing: 'nsp' | 'sop') =>
    readersOf(pairOf(a, b), pairings[pairing]!, exact, vocabulary)!.map(({ share }) => share);
  test('who are blind to order can tell what follows, but never the order', () => {
    const [whole, blind, place] = shares(monday, tuesday, 'nsp');
    expect(whole).toBeCloseTo(102.4 / 103.4, 9);
    // The mean of the odds of both orders: 16 · (6.4 + 0.1) / 2.
    expect(blind).toBeCloseTo(52 / 53, 9);
    expect(place).toBeCloseTo(8 / 9, 9);
    expect(shares(monday, tuesday, 'sop').slice(1)).toEqual(close([0.5, 0.5]));
    expect(shares(monday, elsewhere, 'nsp')).toEqual([0, 0, 0]);
  });
});
