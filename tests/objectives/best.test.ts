// Floors of the project's own recipes on windows of the grammar, against the figures that are known for them.
import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { bestLosses } from '../../src/objectives/best.ts';
import { makeExample } from '../../src/objectives/make.ts';
import type { Recipe } from '../../src/objectives/objective.ts';
import { createClassReader } from '../../src/text/corpora/lost-and-found/class-reader.ts';
import { allWords } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { drawWindow } from '../../src/text/corpora/lost-and-found/story.ts';
import type { Document } from '../../src/text/document.ts';
import { exact, toIds, vocabulary } from '../support/lost-and-found.ts';

/** Stories of so many body sentences each. */
function windows(sentences: number, count: number): Document[] {
  const rng = createRng(`windows of ${sentences}`);
  return Array.from({ length: count }, () => ({ sentences: drawWindow(rng.next, sentences).map(toIds) }));
}

function made(recipe: Recipe, documents: readonly Document[], count: number) {
  const rng = createRng('best');
  return Array.from({ length: count }, (_, i) => makeExample(documents, recipe, vocabulary, rng.fork(`${i}`)));
}

const recipe = (noising: string, sentences: number, noisingOptions: object, pairing = 'contiguous'): Recipe => ({
  pairing,
  noising,
  pairingOptions:
    pairing === 'contiguous' ? { maxLength: 256, sentences } : { maxLength: 256, sentencesPerSegment: sentences },
  noisingOptions,
});

function best(of: Recipe, sentences: number, count: number) {
  const found = bestLosses(of, made(of, windows(sentences, 3 * count), count), exact, vocabulary);
  return (name: string) => found[name]!;
}

const masks = { count: 'independent', rate: 0.15, maskShare: 1, randomShare: 0 };

test.each([
  [1, 0.405, 900],
  [2, 0.228, 700],
  [4, 0.165, 200],
])('MLM with a share of 0.15 hidden, windows of %i: %f nats', (sentences, nats, count) => {
  const { loss, error } = best(recipe('mlm', sentences, masks), sentences, count)('mlm');
  expect(error).toBeLessThan(0.03);
  expect(Math.abs(loss - nats)).toBeLessThan(4 * error);
});

test('MLM with 80/10/10 costs 0.138 nats: a kept token tells much of itself', () => {
  const options = { count: 'independent', rate: 0.15, maskShare: 0.8, randomShare: 0.1 };
  const { loss, error } = best(recipe('mlm', 4, options), 4, 500)('mlm');
  expect(Math.abs(loss - 0.138)).toBeLessThan(4 * error);
  expect(error).toBeLessThan(0.012);
});

test('content words preferred: 0.728 nats in windows of 2', () => {
  const options = { count: 'content', contentRate: 0.35, functionRate: 0.05, maskShare: 1, randomShare: 0 };
  const { loss, error } = best(recipe('mlm', 2, options), 2, 900)('mlm');
  expect(Math.abs(loss - 0.728)).toBeLessThan(4 * error);
  expect(error).toBeLessThan(0.03);
});

test('the last sixth of a random order: 0.144 nats', () => {
  const { loss, error } = best(recipe('plm', 4, { order: 'random' }), 4, 200)('plm');
  expect(Math.abs(loss - 0.144)).toBeLessThan(4 * error);
});

test('left to right through windows of four: between 0.3 and 0.6 nats', () => {
  const all = made(recipe('causal', 4, {}), windows(4, 400), 60);
  const causal = bestLosses(recipe('causal', 4, {}), all, exact, vocabulary).causal!;
  expect(causal.loss).toBeGreaterThan(0.3);
  expect(causal.loss).toBeLessThan(0.6);
});

test.each([
  ['nsp', 0.099],
  ['sop', 0.235],
])('%s, one sentence a segment, nothing hidden: %f nats', (pairing, nats) => {
  const nothing = { count: 'independent', rate: 0 };
  const of = recipe('mlm', 1, nothing, pairing);
  const { loss, error } = best(of, 2, 900)(pairing);
  expect(Math.abs(loss - nats)).toBeLessThan(4 * error);
  expect(error).toBeLessThan(0.025);
});

test('hiding words makes the pair harder to judge', () => {
  const half = recipe('mlm', 1, { count: 'independent', rate: 0.5, maskShare: 1, randomShare: 0 }, 'nsp');
  const { loss } = best(half, 2, 500)('nsp');
  expect(loss).toBeGreaterThan(0.15);
  expect(loss).toBeLessThan(Math.LN2);
});

test('replaced tokens: word counts are easy to tell, a perfect generator is not', () => {
  const judged = best(recipe('rtd', 4, {}), 4, 60);
  expect(judged('rtd').loss).toBeLessThan(0.02);
  expect(judged('rtd-perfect').loss).toBeGreaterThan(judged('rtd').loss);
  expect(judged('rtd-perfect').loss).toBeLessThan(0.05);
  expect(Math.abs(judged('mlm').loss - 0.165)).toBeLessThan(4 * judged('mlm').error);
});

test('four shuffled sentences put back: about 1.05 bits of log2 24', () => {
  const options = { permuteShare: 1, infillRate: 0 };
  const { loss, error, places } = best(recipe('denoise', 4, options), 4, 100)('denoise');
  const bits = (loss * places) / 100 / Math.LN2;
  expect(Math.abs(bits - 1.05)).toBeLessThan((4 * error * places) / 100 / Math.LN2);
});

test('one span a sentence: near 0.044 nats an output token', () => {
  const options = { permuteShare: 0, infillRate: 1, spans: 'sentence' };
  const { loss, error } = best(recipe('denoise', 2, options), 2, 300)('denoise');
  // The frame is written too: two tokens of some thirty more than the figure counts.
  expect(Math.abs(loss * (30 / 28) - 0.044)).toBeLessThan(4 * error + 0.002);
});

test('segments that are filled up to a length have no figure for their pair, but one for their masks', () => {
  const of: Recipe = { pairing: 'sop', noising: 'mlm', pairingOptions: { maxLength: 48 }, noisingOptions: masks };
  expect(Object.keys(bestLosses(of, made(of, windows(6, 20), 30), exact, vocabulary))).toEqual(['mlm']);
});

test('where the sums cannot be done there is no figure', () => {
  const poisson = recipe('denoise', 2, {});
  expect(bestLosses(poisson, made(poisson, windows(2, 20), 5), exact, vocabulary)).toEqual({});
});

test('the exact reader is expected to tell of each class what the words before it leave open', () => {
  const of = recipe('causal', 1, {});
  const read = createClassReader(vocabulary, allWords)!;
  const { classes, places } = bestLosses(of, made(of, windows(1, 200), 200), exact, vocabulary, read).causal!;
  const share = (id: string) => classes![id]!.right / classes![id]!.asked;
  // Who reads from the left knows the second word of a city, one of four weathers, and one of four animals in 9 of 10.
  expect(share('city')).toBeCloseTo(1, 9);
  expect(share('simile')).toBeCloseTo(1, 9);
  expect(share('weather')).toBeCloseTo(1 / 4, 9);
  expect(share('animal')).toBeCloseTo(0.9 / 4 + 0.1 / 16, 9);
  expect(Object.values(classes!).reduce((sum, { asked }) => sum + asked, 0)).toBe(places);
});

test('of masked words the exact reader can tell most that stand twice, and not half of those that nothing tells', () => {
  const of = recipe('mlm', 2, { count: 'content', maskShare: 0.8, randomShare: 0.1 });
  const read = createClassReader(vocabulary, allWords)!;
  const all = made(of, windows(2, 300), 300);
  const { classes, places } = bestLosses(of, all, exact, vocabulary, read).mlm!;
  const sum = (hits: 'right' | 'asked') => Object.values(classes!).reduce((total, one) => total + one[hits], 0);
  expect(sum('asked')).toBe(places);
  // Nobody can tell a place from nothing; who sees it in the other sentence, or a noun of it, can.
  expect(classes!.place!.right / classes!.place!.asked).toBeGreaterThan(0.8);
  expect(classes!.other!.right / classes!.other!.asked).toBeLessThan(0.5);
});
