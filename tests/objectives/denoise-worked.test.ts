import { expect, test } from 'vitest';
import { type DenoiseOptions, objective } from '../../src/objectives/denoise/index.ts';
import { budgetOf, poissonWeights } from '../../src/objectives/denoise/options.ts';
import { publishedSentences, sentencesOf } from '../../src/objectives/denoise/sentences.ts';
import type { Sequence } from '../../src/objectives/objective.ts';
import { type Call, int, perm, pick, scripted, u } from '../support/scripted.ts';
import { ids as idsOf, vocabularyOf, words as wordsOf } from '../support/toy-vocabulary.ts';

const tokens =
  '<s> <pad> </s> <unk> . the cat sat on mat it was hot new york is a big city dog ran far sun rose <mask>'.split(' ');
const bart = vocabularyOf(tokens, { padId: 1, unknownId: 3, classifyId: 0, separateId: 2, maskId: 24 });
const sequence = (text: string, vocabulary = bart): Sequence => {
  const ids = idsOf(text, vocabulary);
  return { ids, segments: ids.map(() => 0) };
};
const cities = sequence('<s> the cat sat on the mat . it was hot . new york is a big city . </s>');
const short = sequence('<s> the cat sat on the mat . it was hot </s>');

const nothing: DenoiseOptions = { ...objective.defaults, permuteShare: 0, infillRate: 0 };
const published: DenoiseOptions = { ...nothing, mode: 'reference' };

function play(input: Sequence, options: Partial<DenoiseOptions>, ...calls: readonly (Call | readonly Call[])[]) {
  const rng = scripted(calls.flat());
  const draws = objective.draw(input, { ...published, ...options }, bart, rng);
  expect(rng.left()).toBe(0);
  return objective.apply(input, draws);
}
const source = (example: { readonly inputIds: readonly number[] }) => wordsOf(example.inputIds, bart);

const lengths = (...drawn: readonly number[]) => drawn.map(pick);

test('worked example 6-A: spans of 2, 3 and 1, one empty span, a random replacement', () => {
  const made = play(
    cities,
    { infillRate: 0.3, randomShare: 0.1 },
    lengths(2, 0, 3, 4, 1, 2),
    perm(18, 1, 12, 8),
    u(0.5, 0.7, 0.03),
    int(1, 24, 19),
    perm(16, 4),
    int(1, 24, 20),
  );
  expect(source(made)).toBe('<s> the <mask> on the ran mat . it dog hot . new <mask> big city . </s>');
  expect(wordsOf(made.labels, bart)).toBe('<s> the cat sat on the mat . it was hot . new york is a big city . </s>');
});

test('worked example 6-A without random replacements', () => {
  const made = play(
    cities,
    { infillRate: 0.3 },
    lengths(2, 0, 3, 4, 1, 2),
    perm(18, 1, 12, 8),
    u(0.5, 0.7, 0.03),
    perm(16, 4),
  );
  expect(source(made)).toBe('<s> the <mask> on the <mask> mat . it <mask> hot . new <mask> big city . </s>');
});

test.each([
  [3, '<s> the <mask> . it was hot . new york is a big city . </s>'],
  [4, '<s> the <mask> <mask> it was hot . new york is a big city . </s>'],
])('worked example 6-B: two spans of 3, the second at unit %i', (second, expected) => {
  const made = play(cities, { infillRate: 0.3 }, lengths(3, 3, 0, 0, 0, 0), perm(18, 1, second), u(0.5, 0.5));
  expect(source(made)).toBe(expected);
});

test('worked example 6-C: sentences first, then spans of the permuted text; the target stays', () => {
  const made = play(
    cities,
    { permuteShare: 1, infillRate: 0.3 },
    perm(3, 0, 1, 2),
    perm(3, 2, 0, 1),
    lengths(4, 2, 3, 1, 1, 1),
    perm(18, 2, 12),
    u(0.5, 0.5),
  );
  expect(source(made)).toBe('<s> new york <mask> . the cat sat on the <mask> it was hot . </s>');
  expect(wordsOf(made.labels, bart)).toBe('<s> the cat sat on the mat . it was hot . new york is a big city . </s>');
  expect(wordsOf(made.decoderInputIds!, bart)).toBe(
    '</s> <s> the cat sat on the mat . it was hot . new york is a big city .',
  );
});

test('worked example 6-D: three sentences in the order 3, 1, 2', () => {
  const input = sequence('<s> it was . hot new york . is . </s>');
  expect(source(play(input, { permuteShare: 1 }, perm(3, 0, 1, 2), perm(3, 2, 0, 1)))).toBe(
    '<s> is . it was . hot new york . </s>',
  );
});

test.each([
  [
    'token masking',
    { maskRate: 0.3, randomShare: 0.5 },
    [perm(10, 2, 7, 0), ...u(0.9, 0.2, 0.7), int(1, 24, 20)],
    '<s> <mask> cat <mask> on the mat . ran was hot </s>',
  ],
  [
    'token deletion',
    { deleteRate: 0.3, randomShare: 0.5 },
    [perm(10, 2, 7, 0), ...u(0.9, 0.2, 0.7)],
    '<s> cat on the mat . was hot </s>',
  ],
  ['rotation', { rotateRate: 1 }, [...u(0.5), int(1, 11, 4)], '<s> on the mat . it was hot the cat sat </s>'],
  ['rotation by 1', { rotateRate: 1 }, [...u(0.5), int(1, 11, 1)], '<s> the cat sat on the mat . it was hot </s>'],
  ['rotation by n − 1', { rotateRate: 1 }, [...u(0.5), int(1, 11, 11)], '<s> the cat sat on the mat . it was hot </s>'],
  [
    'insertion',
    { insertRate: 0.2, randomShare: 0.5 },
    [perm(13, 0, 5, 11), int(1, 24, 13), int(1, 24, 14)],
    '<s> new the cat sat on york the mat . it was <mask> hot </s>',
  ],
] as const)('worked example 6-E: %s', (_, options, calls, expected) => {
  expect(source(play(short, options, calls))).toBe(expected);
});

test('as published the budget is rounded up in 32-bit floats: 16 of 50, exactly 15 in clean mode', () => {
  expect([50, 90, 100, 170].map((w) => budgetOf(0.3, w, 'reference'))).toEqual([16, 28, 31, 52]);
  expect([50, 90, 100, 170, 18].map((w) => budgetOf(0.3, w, 'clean'))).toEqual([15, 27, 30, 51, 6]);
});

test('the Poisson table for a mean of 3 runs from 0 to 17', () => {
  const weights = poissonWeights(3);
  expect(weights.length).toBe(18);
  expect(weights[0]).toBeCloseTo(0.0498, 4);
  expect(weights.reduce((sum, weight, k) => sum + weight * k, 0)).toBeCloseTo(3, 5);
});

test('as published a full stop behind another begins the next sentence, and a lone last token stays', () => {
  const ids = idsOf('<s> the . . cat sat . dog </s>', bart);
  const texts = publishedSentences(ids, 4).map(({ start, end }) => wordsOf(ids.slice(start, end), bart));
  expect(texts).toEqual(['the .', '. cat sat .']);
});

test('in clean mode closing quotes belong to their sentence, and the rest is a sentence too', () => {
  const vocabulary = vocabularyOf(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'a', 'b', '.', '!', '"', '?']);
  const ids = idsOf('[CLS] " a ! " b . . a ? b a [SEP]', vocabulary);
  const texts = sentencesOf(ids, vocabulary).map(({ start, end }) => wordsOf(ids.slice(start, end), vocabulary));
  expect(texts).toEqual(['" a ! "', 'b . .', 'a ?', 'b a']);
});
