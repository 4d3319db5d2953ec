import { expect, test } from 'vitest';
import { questionOf } from '../../../../src/app/pages/look/asking.ts';
import { blueprints } from '../../../../src/models/catalog.ts';
import { ids, toy } from '../../../support/toy-vocabulary.ts';

const model = { blueprint: blueprints.bert!, config: { ...blueprints.bert!.toy, vocabSize: toy.size } };
const tokenizer = {
  vocabulary: toy,
  file: 'vocab.txt',
  encode: (text: string) => {
    const all = ids(`[CLS] ${text} [SEP]`);
    return { ids: all, segments: all.map(() => 0) };
  },
} as unknown as Parameters<typeof questionOf>[1];
const ask = (sentence: string, hidden?: readonly number[]) => {
  const { inputIds, labels } = questionOf(model, tokenizer, sentence, hidden).probe.examples[0]!;
  return [inputIds, labels.flatMap((label, place) => (label === -100 ? [] : [place]))];
};

test('a sentence is asked about at a place in its middle, or at those that were chosen', () => {
  expect(ask('the cat sat .')).toEqual([ids('[CLS] the cat [MASK] . [SEP]'), [3]]);
  expect(ask('the cat sat .', [1])).toEqual([ids('[CLS] [MASK] cat sat . [SEP]'), [1]]);
});

test('each [MASK] that stands in it is asked about, and then nothing else by itself', () => {
  expect(ask('the [MASK] sat .')).toEqual([ids('[CLS] the [MASK] sat . [SEP]'), [2]]);
  expect(ask('[MASK] [MASK]')).toEqual([ids('[CLS] [MASK] [MASK] [SEP]'), [1, 2]]);
  expect(ask('the [MASK] sat .', [3])).toEqual([ids('[CLS] the [MASK] [MASK] . [SEP]'), [2, 3]]);
});

test('one without anything to ask is refused', () => {
  expect(() => ask('[PAD]')).toThrow('has no token that could be hidden');
});
