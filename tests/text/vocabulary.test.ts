import { expect, test } from 'vitest';
import { createVocabulary } from '../../src/text/vocabulary.ts';

const specials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const content = (tokens: readonly string[], counts: readonly number[], functionWords?: readonly string[]) => {
  const vocabulary = createVocabulary([...specials, ...tokens], [0, 0, 0, 0, 0, ...counts], functionWords);
  return vocabulary.tokens.filter((_, id) => vocabulary.isContent(id));
};

test('content is neither special nor punctuation nor among the commonest tokens that make up half of the text', () => {
  expect(content(['the', 'and', 'cat', 'sat', '.', '##s'], [40, 12, 20, 8, 15, 5])).toEqual(['and', 'sat', '##s']);
});

test('a list of function words decides where there is one', () => {
  expect(content(['the', 'and', 'cat', ',', '##s'], [40, 10, 20, 15, 15], ['and', ','])).toEqual(['the', 'cat', '##s']);
});

test('the special tokens are found by name, in the spelling of BERT and of RoBERTa', () => {
  const { padId, unknownId, classifyId, separateId, maskId } = createVocabulary(
    ['<s>', '<pad>', '</s>', '<unk>', '<mask>', 'a'],
    [0, 0, 0, 0, 0, 1],
  );
  expect({ padId, unknownId, classifyId, separateId, maskId }).toEqual({
    padId: 1,
    unknownId: 3,
    classifyId: 0,
    separateId: 2,
    maskId: 4,
  });
  expect(() => createVocabulary(['[PAD]', 'a'], [0, 1])).toThrow('The vocabulary has no [UNK] token');
});

test('a token knows whether it continues a word', () => {
  const vocabulary = createVocabulary([...specials, 'a', '##a'], [0, 0, 0, 0, 0, 1, 1]);
  expect([5, 6].map(vocabulary.continues)).toEqual([false, true]);
  expect(vocabulary.idOf('##a')).toBe(6);
  expect(vocabulary.idOf('b')).toBe(undefined);
});
