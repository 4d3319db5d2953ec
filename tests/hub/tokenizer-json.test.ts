import { Tokenizer as HuggingFace } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { Tokenizer as RustTokenizer } from 'tokenizers';
import { expect, test } from 'vitest';
import { readTokenizer, type TokenizerFiles, writeTokenizer } from '../../src/hub/tokenizer-json.ts';
import { corpora } from '../../src/text/catalog.ts';
import type { Tokenizer } from '../../src/text/document.ts';
import { create as createBytes } from '../../src/text/tokenizers/byte-pieces.ts';
import { trainBytes } from '../../src/text/tokenizers/byte-trainer.ts';
import { create as createUnigram } from '../../src/text/tokenizers/unigram-pieces.ts';
import { trainUnigram } from '../../src/text/tokenizers/unigram-trainer.ts';
import { create, train } from '../../src/text/tokenizers/wordpiece.ts';

const text = (files: TokenizerFiles, name: string) => new TextDecoder().decode(files[name]);
const json = (files: TokenizerFiles, name: string) => JSON.parse(text(files, name));
const bytes = (content: string) => new TextEncoder().encode(content);
const bert = { maxLength: 64, segments: true, className: 'BertTokenizer' } as const;
const tiny = (tokens: readonly string[]) => create({ tokens, counts: tokens.map(() => 0) });
const cat = tiny(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'the', 'cat', '##s', 'sat', '.']);

const reference = (tokenizer: Tokenizer) => {
  const files = writeTokenizer(tokenizer, bert);
  return new HuggingFace(json(files, 'tokenizer.json'), json(files, 'tokenizer_config.json'));
};

test.each([
  ['lost-and-found', 192],
  ['pocket-stories', 1000],
  ['moby-dick', 3000],
])('the reference tokenizer reads our file and encodes %s as we do', async (id, size) => {
  const corpus = corpora[id]!;
  const lines = (await corpus.text()).split('\n').filter(Boolean);
  const tokenizer = create(await train(lines.join('\n'), size));
  const theirs = reference(tokenizer);
  const sample = lines.filter((_, i) => i % 7 === 0);
  expect(sample.length).toBeGreaterThan(1000);
  for (const line of sample) {
    expect(theirs.encode(line, { add_special_tokens: false }).ids).toEqual(tokenizer.encode(line));
  }
});

test('the Rust tokenizer reads our file and encodes any text as we do', async () => {
  const tokenizer = create(await train(await corpora['pocket-stories']!.text(), 1000));
  const theirs = RustTokenizer.fromString(text(writeTokenizer(tokenizer, bert), 'tokenizer.json'));
  // Blocks that have not grown since the tables of the Rust tokenizer were made (Unicode 8).
  const blocks = [
    [0, 0x4ff],
    [0x2000, 0x2064],
    [0x3000, 0x30ff],
    [0x4e00, 0x9fa5],
    [0x1f600, 0x1f64f],
    [0x20000, 0x2a6d6],
  ];
  const characters = blocks.map(([min, max]) =>
    fc.integer({ min: min!, max: max! }).map((code) => String.fromCodePoint(code)),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: fc.oneof(...characters) }), fc.lorem()), async (line) => {
      const encoding = await theirs.encode(line, null, { addSpecialTokens: false });
      expect(tokenizer.encode(line)).toEqual(encoding.getIds());
    }),
    { numRuns: 500 },
  );
});

test('a pair is packed as the models are trained', () => {
  const { ids, token_type_ids } = reference(cat).encode('The cats sat [MASK].', {
    text_pair: 'Cat',
    return_token_type_ids: true,
  });
  expect(ids).toEqual([2, 5, 6, 7, 8, 4, 9, 3, 6, 3]);
  expect(token_type_ids).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
});

test('vocab.txt has a token a line and no empty line', () => {
  expect(text(writeTokenizer(cat, bert), 'vocab.txt')).toBe(
    '[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n##s\nsat\n.',
  );
});

test('tokenizer_config.json names the class, the special tokens and the inputs', () => {
  expect(
    json(writeTokenizer(cat, { ...bert, segments: false, className: 'DistilBertTokenizer' }), 'tokenizer_config.json'),
  ).toEqual({
    tokenizer_class: 'DistilBertTokenizer',
    do_lower_case: true,
    strip_accents: null,
    tokenize_chinese_chars: true,
    model_max_length: 64,
    unk_token: '[UNK]',
    sep_token: '[SEP]',
    pad_token: '[PAD]',
    cls_token: '[CLS]',
    mask_token: '[MASK]',
    model_input_names: ['input_ids', 'attention_mask'],
  });
});

test('a vocabulary in the spelling of RoBERTa has two separators in a pair and all tokens in segment 0', () => {
  const roberta = tiny(['<s>', '<pad>', '</s>', '<unk>', '<mask>', 'the', 'cat']);
  const files = writeTokenizer(roberta, { maxLength: 64, segments: false, className: 'PreTrainedTokenizerFast' });
  const theirs = new HuggingFace(json(files, 'tokenizer.json'), json(files, 'tokenizer_config.json'));
  expect(theirs.encode('the', { text_pair: 'cat' }).ids).toEqual([0, 5, 2, 2, 6, 2]);
  expect(json(files, 'tokenizer_config.json')).toMatchObject({
    bos_token: '<s>',
    eos_token: '</s>',
    pad_token: '<pad>',
  });
});

test('what was written is read back, from either file', async () => {
  const files = writeTokenizer(cat, bert);
  expect(readTokenizer(files).vocabulary.tokens).toEqual(cat.vocabulary.tokens);
  expect(readTokenizer({ 'vocab.txt': files['vocab.txt']! }).encode('The cats sat.')).toEqual([5, 6, 7, 8, 9]);
  expect(
    readTokenizer({ 'vocab.txt': bytes(`${text(files, 'vocab.txt')}\r\n`.replaceAll(/\r?\n/g, '\r\n')) }).vocabulary
      .size,
  ).toBe(10);
});

test('a file that is no WordPiece vocabulary is refused, and the sentence says why', () => {
  const refused = (files: TokenizerFiles, why: string) => expect(() => readTokenizer(files)).toThrow(why);
  const wordPiece = (model: object) => ({
    'tokenizer.json': bytes(
      JSON.stringify({ model: { type: 'WordPiece', continuing_subword_prefix: '##', ...model } }),
    ),
  });
  refused({}, 'neither tokenizer.json nor vocab.txt');
  refused({ 'tokenizer.json': bytes('{') }, 'not valid JSON');
  refused({ 'tokenizer.json': bytes('{"model":{"type":"BPE"}}') }, 'expected to hold a WordPiece model, but holds BPE');
  refused(wordPiece({ vocab: { '[PAD]': 0, '[UNK]': 2 } }), 'no token for id 1');
  refused(wordPiece({ vocab: { '[PAD]': 0, '[UNK]': 1 } }), 'no [CLS] token');
  refused(wordPiece({ vocab: {}, continuing_subword_prefix: '@@' }), 'marks continuing pieces with "@@"');
});

const byteTexts = [
  ['', ' ', '  ', '\n', 'a', ' a', '  a ', 'a\n\n b', '\ta', 'The cat sat.', "It isn't 12,5 %!", 'Zoë', 'naïve café'],
  ['🐸', 'a 🐸🐸 b', '你好', 'été', 'x\u0000y', "'s 't", 'the [MASK] sat', 'the[MASK]sat', '[CLS] a [SEP] b [SEP]'],
].flat();
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(' ', '\n', '\t', 'a', 'B', '1', "'", 's', '.', 'é', '🐸', '你', '[MASK]') }),
  fc.lorem(),
);

test('byte pieces: the reference tokenizers read our file, encode any text as we do and give it back', async () => {
  const tokenizer = createBytes(await trainBytes(await corpora['pocket-stories']!.text(), 1000));
  const files = writeTokenizer(tokenizer, { ...bert, segments: false });
  expect(json(files, 'tokenizer_config.json').tokenizer_class).toBe('PreTrainedTokenizerFast');
  const theirs = new HuggingFace(json(files, 'tokenizer.json'), json(files, 'tokenizer_config.json'));
  const rust = RustTokenizer.fromString(text(files, 'tokenizer.json'));
  const compare = async (line: string) => {
    const ids = tokenizer.encode(line);
    expect(theirs.encode(line, { add_special_tokens: false }).ids).toEqual(ids);
    expect((await rust.encode(line, null, { addSpecialTokens: false })).getIds()).toEqual(ids);
    if (ids.length === 0 || line.includes('[')) return;
    expect(await rust.decode(ids, false)).toBe(line);
    expect(theirs.decode([...ids], { clean_up_tokenization_spaces: false })).toBe(line);
  };
  for (const line of byteTexts) await compare(line);
  await fc.assert(fc.asyncProperty(anyText, compare), { numRuns: 500 });
  expect(theirs.encode('the cat', { text_pair: 'sat' }).ids).toEqual([
    2,
    ...tokenizer.encode('the cat'),
    3,
    ...tokenizer.encode('sat'),
    3,
  ]);
});

test('byte pieces are read back from their file, merges and all', async () => {
  const tokenizer = createBytes(await trainBytes('the cat sat on the mat\nthe cat ran', 280));
  const files = writeTokenizer(tokenizer, bert);
  const again = readTokenizer(files);
  expect(again.merges).toEqual(tokenizer.merges);
  expect(again.encode('the cats sat 🐸')).toEqual(tokenizer.encode('the cats sat 🐸'));
  expect(text(files, 'merges.txt').split('\n')[1]).toMatch(/^\S+ \S+$/);
  expect(Object.keys(json(files, 'vocab.json')).length).toBe(tokenizer.vocabulary.size);
  const broken = json(files, 'tokenizer.json');
  broken.model.merges = [['the', 'never there']];
  expect(() => readTokenizer({ 'tokenizer.json': bytes(JSON.stringify(broken)) })).toThrow('not all of it is in its');
});

test('unigram pieces: the reference tokenizers read our file and cut 200 sentences as we do', async () => {
  const corpus = await corpora['pocket-stories']!.text();
  const tokenizer = createUnigram(await trainUnigram(corpus, 1000));
  const files = writeTokenizer(tokenizer, { ...bert, segments: false });
  expect(Object.keys(files)).toEqual(['tokenizer.json', 'tokenizer_config.json']);
  const theirs = new HuggingFace(json(files, 'tokenizer.json'), json(files, 'tokenizer_config.json'));
  const rust = RustTokenizer.fromString(text(files, 'tokenizer.json'));
  const whales = (await corpora['moby-dick']!.text()).split('\n').filter(Boolean);
  const lines = [
    ...corpus.split('\n').filter(Boolean).slice(0, 100),
    ...whales.filter((_, i) => i % Math.floor(whales.length / 100) === 0).slice(0, 100),
    ...byteTexts.filter((line) => !line.includes('\u0000')),
  ];
  expect(lines.length).toBeGreaterThanOrEqual(200);
  for (const line of lines) {
    const ids = tokenizer.encode(line);
    expect((await rust.encode(line, null, { addSpecialTokens: false })).getIds(), line).toEqual(ids);
    expect(theirs.encode(line, { add_special_tokens: false }).ids, line).toEqual(ids);
    if (ids.includes(tokenizer.vocabulary.unknownId) || line.includes('[')) continue;
    expect(await rust.decode(ids, false)).toBe(tokenizer.decode(ids));
  }
});

test('unigram pieces are read back from their file, scores and all', async () => {
  const tokenizer = createUnigram(await trainUnigram('the cat sat on the mat\nthe cat ran', 30));
  const files = writeTokenizer(tokenizer, bert);
  const again = readTokenizer(files);
  expect(again.scores).toEqual(tokenizer.scores);
  expect(again.encode('the cats sat 🐸')).toEqual(tokenizer.encode('the cats sat 🐸'));
  const broken = json(files, 'tokenizer.json');
  broken.model.vocab = [['the', 'often']];
  expect(() => readTokenizer({ 'tokenizer.json': bytes(JSON.stringify(broken)) })).toThrow('each with its score');
});
