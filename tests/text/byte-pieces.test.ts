import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { BPE, byteLevelPreTokenizer, Tokenizer as RustTokenizer } from 'tokenizers';
import { expect, test } from 'vitest';
import { corpora } from '../../src/text/catalog.ts';
import { allWords } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { toDocuments } from '../../src/text/document.ts';
import { create } from '../../src/text/tokenizers/byte-pieces.ts';
import { byteLetters, splitParts, toLetters, toText } from '../../src/text/tokenizers/byte-spelling.ts';
import { trainBytes } from '../../src/text/tokenizers/byte-trainer.ts';
import { tokenizerOf } from '../../src/text/tokenizers/catalog.ts';

const textOf = (id: string) => corpora[id]!.text();
const pocket = async () => create(await trainBytes(await textOf('pocket-stories'), 1000));
const spelled = ({ vocabulary }: ReturnType<typeof create>, ids: readonly number[]) =>
  ids.map((id) => vocabulary.tokens[id]);

test('each byte has a letter of its own that can be seen, and its own sign where it has one', () => {
  expect(new Set(byteLetters).size).toBe(256);
  expect(byteLetters.every((letter) => /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(letter))).toBe(true);
  expect(toLetters('a b\n')).toBe('aĠbĊ');
  expect(toLetters('é')).toBe('Ã©');
  expect(toText(toLetters('é 🐸\n'))).toBe('é 🐸\n');
  expect(toText(toLetters('\ufeffa'))).toBe('\ufeffa');
});

test('no piece reaches from one word, number or sign into another', () => {
  expect(splitParts("He's  12 cats, isn't it?\n\nYes")).toEqual([
    ...['He', "'s", ' ', ' 12', ' cats', ',', ' isn', "'t", ' it', '?', '\n', '\n', 'Yes'],
  ]);
});

test('the special tokens are the first five ids, then every byte, then the most frequent pair first', async () => {
  const { tokens, merges, counts } = await trainBytes('low low low low\nlower lower\nnewest', 266);
  expect(tokens.slice(0, 6)).toEqual(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '!']);
  expect(tokens.slice(5, 261)).toEqual(byteLetters);
  expect(tokens.slice(261)).toEqual(['lo', 'Ġlo', 'Ġlow', 'er', 'Ġlower']);
  expect(merges!.map(([left, right]) => [tokens[left], tokens[right]])[2]).toEqual(['Ġlo', 'w']);
  expect([counts[263], counts[265]]).toEqual([4, 2]);
});

test('the same text gives the same pieces, and progress is told', async () => {
  const text = await textOf('pocket-stories');
  const heard: number[] = [];
  const once = await trainBytes(text, 600, (done, of) => heard.push(done / of));
  expect(heard.at(-1)).toBe(1);
  expect(heard).toEqual([...heard].sort((a, b) => a - b));
  expect(await trainBytes(text, 600)).toEqual(once);
});

/** The pieces of the Rust trainer in the order it made them, bytes left out. */
function rustPieces(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'bytes-'));
  writeFileSync(join(folder, 'text.txt'), text.replaceAll(/^(?=.)/gm, ' '));
  const tokenizer = new RustTokenizer(BPE.empty());
  tokenizer.setPreTokenizer(byteLevelPreTokenizer(false));
  tokenizer.train([join(folder, 'text.txt')]);
  tokenizer.save(join(folder, 'tokenizer.json'));
  const { model } = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8'));
  rmSync(folder, { recursive: true });
  const ids = Object.entries<number>(model.vocab).sort(([, a], [, b]) => a - b);
  return ids.map(([token]) => token).filter((token) => token.length > 1 && !token.includes('Ċ'));
}

test('the pieces are those of the Rust trainer but for the last of equally frequent ones', async () => {
  const text = await textOf('pocket-stories');
  const ours = (await trainBytes(text, 1261)).tokens.slice(261);
  const theirs = rustPieces(text);
  const strangers = (n: number) => ours.slice(0, n).filter((piece) => !theirs.slice(0, n).includes(piece)).length;
  expect(strangers(300)).toBeLessThanOrEqual(3);
  expect(strangers(1000)).toBeLessThanOrEqual(10);
});

test('a reader sees words without the letter of the space, and what continues one', async () => {
  const { encode, vocabulary } = await pocket();
  expect(encode('Zoë was happy.').map((id) => vocabulary.shown![id])).toEqual([
    ...['Zo', '##Ã', '«', 'was', 'ha', '##pp', '##y', '.'],
  ]);
  expect(vocabulary.shown![vocabulary.maskId]).toBe('[MASK]');
  expect(vocabulary.shown![vocabulary.idOf('Ġ')!]).toBe('␣');
});

test('each tokenizer says how small a table it can learn', async () => {
  for (const id of ['bytes', 'unigram', 'wordpiece']) {
    const { least, train } = tokenizerOf(id);
    expect((await train('the cat sat', least)).tokens.length, id).toBeLessThanOrEqual(least);
  }
  await expect(tokenizerOf('bytes').train('the cat', tokenizerOf('bytes').least - 1)).rejects.toThrow('at least');
  await expect(tokenizerOf('unigram').train('the cat', tokenizerOf('unigram').least - 1)).rejects.toThrow('at least');
});

test('a table too small for all bytes is refused', async () => {
  await expect(trainBytes('the cat', 260)).rejects.toThrow('at least 261 tokens');
});

test('any text comes back as it was, and nothing in it is unknown', async () => {
  const { encode, decode, vocabulary } = await pocket();
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(' ', '\n', '\t', 'a', "'", '.', 'é', '🐸', '\ufeff', '\u0000') }),
    fc.lorem(),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const ids = encode(text);
      expect(decode(ids)).toBe(text);
      expect(ids.some((id) => vocabulary.isSpecial(id))).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test('a word has the same pieces wherever it stands; what it continues is told by the letter of the space', async () => {
  const tokenizer = await pocket();
  const { encode, vocabulary } = tokenizer;
  expect(encode('the cat and the cat')).toEqual([...encode('the cat'), ...encode('and'), ...encode('the cat')]);
  const ids = encode('Zoë was happy.');
  expect(spelled(tokenizer, ids)).toEqual(['ĠZo', 'Ã', '«', 'Ġwas', 'Ġha', 'pp', 'y', '.']);
  expect(ids.map((id) => vocabulary.continues(id))).toEqual([false, true, true, false, false, true, true, true]);
});

test('special tokens spelled out in a text are themselves, with the white space around them', async () => {
  const { encode, decode, vocabulary } = await pocket();
  const { classifyId, maskId, separateId } = vocabulary;
  const ids = [classifyId, ...encode('the'), maskId, ...encode('sat .'), separateId];
  expect(encode('[CLS] the [MASK] sat . [SEP]')).toEqual(ids);
  expect(decode(ids)).toBe('[CLS] the [MASK] sat . [SEP]');
});

test('content is told by the word that a token is, whatever the letter in front of it', async () => {
  const { vocabulary, encode } = create(await trainBytes(await textOf('lost-and-found'), 768), ['the', ',', '.']);
  const [the, toad, comma] = encode('the toad ,');
  expect([the, toad, comma].map((id) => vocabulary.isContent(id!))).toEqual([false, true, false]);
});

test('on the text of the grammar 752 pieces have every word whole, and the exact reader reads on', async () => {
  const corpus = corpora['lost-and-found']!;
  const text = await corpus.text();
  const { id, more } = tokenizerOf('bytes');
  expect(id).toBe('bytes');
  const { vocabulary, encode } = create(
    await trainBytes(text, corpus.vocabularySize + more),
    await corpus.functionWords!(),
  );
  expect(vocabulary.size).toBe(752);
  expect(allWords.every((word) => encode(word).length === 1)).toBe(true);
  const sentence = 'on tuesday , it was rainy , so the toad looked for honey near the forest .';
  const [bytes, words] = await Promise.all(
    [
      vocabulary,
      (await tokenizerOf('wordpiece').create(await tokenizerOf('wordpiece').train(text, 192))).vocabulary,
    ].map(async (one) => {
      const ids = sentence.split(' ').map((word) => one.idOf((one.wordMark ?? '') + word)!);
      const scene = (await corpus.exact!(one))!.read(ids)!;
      const seen = ids.map((own, i) => (i === 9 ? null : own));
      return scene.posteriors(seen, [9])[0]![ids[9]!]!;
    }),
  );
  expect(bytes).toBeCloseTo(words!, 12);
  expect(bytes).toBeGreaterThan(0.5);
  const read = await corpus.classes!.reader(vocabulary);
  expect(read!(encode(sentence))![9]).toBe('animal');
});

test('where pieces are fewer and cut its words, there is no exact reader', async () => {
  const corpus = corpora['lost-and-found']!;
  const { vocabulary } = create(await trainBytes(await corpus.text(), 512));
  expect(await corpus.exact!(vocabulary)).toBeUndefined();
  expect(await corpus.classes!.reader(vocabulary)).toBeUndefined();
});

test('a piece that is spelled like a word, but continues one, is no word to the exact reader', async () => {
  const corpus = corpora['lost-and-found']!;
  const { vocabulary, encode } = create(await trainBytes(await corpus.text(), 768));
  const exact = (await corpus.exact!(vocabulary))!;
  const ids = encode('on friday , leo went to the farm and saw a goat .');
  expect(exact.read(ids)).toBeDefined();
  expect(exact.read([...ids.slice(0, -1), vocabulary.idOf('.')!])).toBeUndefined();
});

test('documents are cut line by line', async () => {
  const tokenizer = await pocket();
  const documents = await toDocuments('the cat .\nit sat .\n\na dog .', tokenizer);
  const texts = documents.map(({ sentences }) => sentences.map((sentence) => tokenizer.decode(sentence)));
  expect(texts).toEqual([['the cat .', 'it sat .'], ['a dog .']]);
});
