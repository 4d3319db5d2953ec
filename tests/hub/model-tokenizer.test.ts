import { expect, it, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { openTokenizer } from '../../src/hub/model-tokenizer.ts';
import { fromBlob } from '../../src/hub/ranged.ts';
import { exported, type FilesByPath, toBytes, toJson, words } from '../support/model-files.ts';

const { files } = exported('bert');
const folder = (some: FilesByPath) =>
  new Map(Object.entries(some).map(([name, bytes]) => [name, fromBlob(new Blob([new Uint8Array(bytes)]), name)]));
const pick = (...names: string[]): FilesByPath => Object.fromEntries(names.map((name) => [name, files[name]!]));

it.each([
  [['tokenizer.json', 'tokenizer_config.json'], 'tokenizer.json'],
  [['tokenizer.json'], 'tokenizer.json'],
  [['vocab.txt'], 'vocab.txt'],
])('%j cut a sentence alike, and put the same tokens around it', async (names, file) => {
  const own = await openTokenizer(folder(pick(...names)), words.length);
  expect(own.file).toBe(file);
  expect(own.encode('The cats sat.', true)).toEqual({ ids: [2, 5, 6, 8, 7, 9, 3], segments: [0, 0, 0, 0, 0, 0, 0] });
  expect(own.encode('the cat', false).ids).toEqual([5, 6]);
  const { maskId, padId, tokens } = own.vocabulary;
  expect([maskId, padId, tokens]).toEqual([4, 0, words]);
  expect([2, 3, 4, 5].map((id) => own.vocabulary.isSpecial(id))).toEqual([true, true, true, false]);
});

const spoilt = (change: (json: Record<string, unknown>) => object): FilesByPath => ({
  'tokenizer.json': toBytes(change(toJson(files['tokenizer.json']))),
});
test.each<[string, FilesByPath, number, string]>([
  ['none', {}, 12, 'neither tokenizer.json nor vocab.txt'],
  ['one of another size', pick('tokenizer.json'), 30522, 'tokenizer.json has 12 tokens, and the model has 30,522'],
  ['a larger one', pick('vocab.txt'), 11, 'vocab.txt has 12 tokens, and the model has 11'],
  ['no JSON', { 'tokenizer.json': toBytes('{') }, 12, 'tokenizer.json is not JSON'],
  ['no vocabulary', spoilt((json) => ({ ...json, model: {} })), 12, 'has no vocabulary'],
  [
    'a part that there is not',
    spoilt((json) => ({ ...json, pre_tokenizer: { type: 'Abacus' } })),
    12,
    'describes no tokenizer that can be built',
  ],
  ['an id far off', spoilt((json) => ({ ...json, model: { vocab: { a: 1e9 } } })), 12, 'gives "a" the id 1000000000'],
  [
    'case that vocab.txt does not tell',
    { ...pick('vocab.txt'), 'tokenizer_config.json': toBytes({ do_lower_case: false }) },
    12,
    'Add its tokenizer.json',
  ],
])('a model with %s is refused in a sentence', async (_, some, size, sentence) => {
  const error = await openTokenizer(folder(some), size).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).message).toContain(sentence);
});
