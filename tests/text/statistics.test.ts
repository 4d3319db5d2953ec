import { expect, test } from 'vitest';
import { corpora } from '../../src/text/catalog.ts';
import { split } from '../../src/text/corpus.ts';
import { toDocuments } from '../../src/text/document.ts';
import { bigram, unigram } from '../../src/text/statistics.ts';
import { create, train } from '../../src/text/tokenizers/wordpiece.ts';
import { createVocabulary } from '../../src/text/vocabulary.ts';

const vocabulary = createVocabulary(
  ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'a', 'b', 'c'],
  [0, 0, 0, 0, 0, 3, 2, 0],
);
const documents = [{ sentences: [[5, 6], [5]] }, { sentences: [[6, 5]] }];

test('a unigram is the share of each token, one added, and nothing for special tokens', () => {
  const share = unigram(documents, vocabulary);
  expect([5, 6, 7].map(share)).toEqual([4 / 8, 3 / 8, 1 / 8]);
  expect([0, 1, 2, 3, 4].map(share)).toEqual([0, 0, 0, 0, 0]);
});

test('a bigram counts neighbours across sentences but not across documents, and leans on the unigram', () => {
  const after = bigram(documents, vocabulary);
  expect(after(6, 5)).toBeCloseTo((1 + 3 / 8) / 2, 12);
  expect(after(5, 6)).toBeCloseTo((2 + 4 / 8) / 3, 12);
  expect(after(7, 6)).toBeCloseTo(1 / 8 / 3, 12);
});

test('after a token that was never seen the bigram is the unigram', () => {
  expect(bigram(documents, vocabulary)(5, 4)).toBe(4 / 8);
});

test('probabilities add up to one; a unigram needs 4.038 nats on the days of Lost and found, a bigram far fewer', async () => {
  const corpus = corpora['lost-and-found']!;
  const text = await corpus.text();
  const tokenizer = create(await train(text, 192));
  const { train: learned, heldOut } = split(
    (await toDocuments(text, tokenizer)).map(({ sentences }) => ({ sentences: sentences.slice(1, -1) })),
  );
  const one = unigram(learned, tokenizer.vocabulary);
  const two = bigram(learned, tokenizer.vocabulary);
  const ids = tokenizer.vocabulary.tokens.map((_, id) => id);
  expect(ids.reduce((sum, id) => sum + one(id), 0)).toBeCloseTo(1, 12);
  expect(ids.reduce((sum, id) => sum + two(id, 20), 0)).toBeCloseTo(1, 12);
  const stream = heldOut.flatMap(({ sentences }) => sentences.flat());
  const nats = (score: (i: number) => number) =>
    stream.slice(1).reduce((sum, _, i) => sum - Math.log(score(i + 1)), 0) / (stream.length - 1);
  expect(Math.abs(nats((i) => one(stream[i]!)) - 4.038)).toBeLessThan(0.01);
  expect(nats((i) => two(stream[i]!, stream[i - 1]!))).toBeLessThan(2);
});
