import { expect, test } from 'vitest';
import { sayLearned, sayRead } from '../../src/panels/own-report.ts';
import { createVocabulary } from '../../src/text/vocabulary.ts';

const said = (unknown: number, known: number, enough?: number) =>
  sayLearned({
    vocabulary: createVocabulary(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'a'], [0, unknown, 0, 0, 0, known]),
    enough,
  });

test('the report says what was found, left out and cut', () => {
  const counts = { documents: 1, sentences: 1200, words: 15_000 };
  expect(sayRead({ ...counts, taken: ['a'], dropped: ['b', 'c'], cut: ['d'] })).toEqual([
    '1 document, 1,200 sentences, 15,000 words.',
    ...['Read: a.', 'Left out: b; c.', 'Cut: d.'],
  ]);
});

test('where many tokens are unknown it says how large a vocabulary would know them', () => {
  expect(said(78, 22, 1234)).toBe('100 tokens; 78 % of the tokens are unknown: raise Vocabulary to 1,300.');
  expect(said(78, 22, 4090)).toBe('100 tokens; 78 % of the tokens are unknown: raise Vocabulary to 4,096.');
  expect(said(78, 22, 9000)).toContain('raise Vocabulary to 4,096, the most there is, or take a text with fewer');
  expect(said(2, 998)).toBe('1,000 tokens, 0.2 % unknown.');
  expect(said(0, 5)).toBe('5 tokens, none unknown.');
});
