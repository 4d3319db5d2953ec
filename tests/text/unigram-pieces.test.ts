import { describe, expect, test } from 'vitest';
import { corpora } from '../../src/text/catalog.ts';
import { allWords } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { tokenizerOf } from '../../src/text/tokenizers/catalog.ts';
import { bestPath } from '../../src/text/tokenizers/unigram-path.ts';
import { create } from '../../src/text/tokenizers/unigram-pieces.ts';
import { splitUnigram } from '../../src/text/tokenizers/unigram-spelling.ts';
import { trainUnigram } from '../../src/text/tokenizers/unigram-trainer.ts';

const textOf = (id: string) => corpora[id]!.text();
const pocket = async () => create(await trainUnigram(await textOf('pocket-stories'), 1000));
const spelled = (
  { vocabulary }: ReturnType<typeof create>,
  text: string,
  encode: (text: string) => readonly number[],
) => encode(text).map((id) => vocabulary.tokens[id]);

test('a word is cut in its most probable way, and of equally probable ones the last piece is the longest', () => {
  const ids = new Map(['a', 'b', 'ab', 'abb', 'bb'].map((piece, id) => [piece, id]));
  const of = (scores: number[]) => ({ ids, scores, longest: 3 });
  expect(bestPath('abb', of([-1, -1, -3, -9, -3]), -20)).toEqual([0, 1, 1]);
  expect(bestPath('abb', of([-1, -1, -1.5, -9, -3]), -20)).toEqual([2, 1]);
  expect(bestPath('abb', of([-1, -1, -3, -2.5, -3]), -20)).toEqual([3]);
  expect(bestPath('abb', of([-1, -1, -2, -9, -2]), -20)).toEqual([0, 4]);
  expect(bestPath('abb', of([-1, -1, -3, -2.5, -3]), -20, 3)).toEqual([0, 1, 1]);
});

test('characters without a piece are unknown, several in a row as one', () => {
  const ids = new Map([['a', 0]]);
  expect(bestPath('axya', { ids, scores: [-1], longest: 1 }, -11)).toEqual([0, -1, 0]);
});

test('no piece reaches from one word into another, and white space is one space', () => {
  expect(splitUnigram('  the\tcat  sat \n')).toEqual(['▁the', '▁cat', '▁sat']);
  expect(splitUnigram('ﬁne')).toEqual(['▁fine']);
  expect([splitUnigram(''), splitUnigram(' ')]).toEqual([[], []]);
});

describe('what is learned', () => {
  test('is as many pieces as were asked for, the most probable first behind the special tokens', async () => {
    const { tokens, scores, counts } = await trainUnigram(await textOf('pocket-stories'), 1000);
    expect(tokens.length).toBe(1000);
    expect(new Set(tokens).size).toBe(1000);
    expect(tokens.slice(0, 5)).toEqual(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']);
    const own = scores!.slice(5);
    expect(own).toEqual([...own].sort((a, b) => b - a));
    expect(own.every((score) => score < 0)).toBe(true);
    const together = own.reduce((sum, score) => sum + Math.exp(score), 0);
    expect(together).toBeGreaterThan(0.95);
    expect(together).toBeLessThanOrEqual(1);
    expect(counts.length).toBe(1000);
  });

  test('is the same for the same text, and progress is told', async () => {
    const text = await textOf('pocket-stories');
    const heard: number[] = [];
    const once = await trainUnigram(text, 600, (done, of) => heard.push(done / of));
    expect(heard.at(-1)).toBe(1);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(await trainUnigram(text, 600)).toEqual(once);
  });

  test('tells the text with fewer pieces than its signs, and with fewer the larger it is', async () => {
    const text = await textOf('pocket-stories');
    const sample = text.slice(0, 40_000);
    const lengths = await Promise.all(
      [300, 1000].map(async (size) => create(await trainUnigram(text, size)).encode(sample).length),
    );
    expect(lengths[0]).toBeLessThan(sample.length / 2);
    expect(lengths[1]).toBeLessThan(0.8 * lengths[0]!);
  });

  test('is too little where there is no room', async () => {
    await expect(trainUnigram('the cat', 12)).rejects.toThrow('at least 13 tokens');
  });
});

test('text comes back with single spaces, and in a text of known signs nothing is unknown', async () => {
  const { encode, decode, vocabulary } = await pocket();
  const lines = (await textOf('pocket-stories')).split('\n').filter(Boolean).slice(0, 300);
  for (const line of lines) {
    const ids = encode(line);
    expect(decode(ids)).toBe(line.replace(/\s+/g, ' ').trim());
    expect(ids.includes(vocabulary.unknownId)).toBe(false);
  }
  expect(encode('🐸🐸')).toEqual([vocabulary.idOf('▁'), vocabulary.unknownId]);
});

test('special tokens spelled out in a text are themselves, with the white space around them', async () => {
  const tokenizer = await pocket();
  const { encode, vocabulary } = tokenizer;
  const { classifyId, maskId, separateId } = vocabulary;
  expect(encode('[CLS] the [MASK] sat [SEP]')).toEqual([
    classifyId,
    ...encode('the'),
    maskId,
    ...encode('sat'),
    separateId,
  ]);
  const ids = encode('the cat');
  expect(spelled(tokenizer, 'the cat', encode)[0]).toBe('▁the');
  expect(vocabulary.continues(ids[0]!)).toBe(false);
});

test('on the text of the grammar every word is whole, and the exact reader reads on', async () => {
  const corpus = corpora['lost-and-found']!;
  const text = await corpus.text();
  const { more } = tokenizerOf('unigram');
  const { vocabulary, encode } = create(
    await trainUnigram(text, corpus.vocabularySize + more),
    await corpus.functionWords!(),
  );
  expect(vocabulary.size).toBe(220);
  expect(corpus.vocabularySize + more).toBeGreaterThanOrEqual(vocabulary.size);
  expect(allWords.filter((word) => encode(word).length !== 1)).toEqual([]);
  const sentence = 'on tuesday , it was rainy , so the toad looked for honey near the forest .';
  const wordpiece = tokenizerOf('wordpiece');
  const words = (await wordpiece.create(await wordpiece.train(text, 192))).vocabulary;
  const [own, theirs] = await Promise.all(
    [vocabulary, words].map(async (one) => {
      const ids = sentence.split(' ').map((word) => one.idOf((one.wordMark ?? '') + word)!);
      const scene = (await corpus.exact!(one))!.read(ids)!;
      return scene.posteriors(
        ids.map((id, i) => (i === 9 ? null : id)),
        [9],
      )[0]![ids[9]!]!;
    }),
  );
  expect(own).toBeCloseTo(theirs!, 12);
  const [the, toad] = encode('the toad');
  expect([the, toad].map((id) => vocabulary.isContent(id!))).toEqual([false, true]);
});
