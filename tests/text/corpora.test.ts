import { expect, test } from 'vitest';
import { corpora } from '../../src/text/catalog.ts';
import { dayWords, places as placeNames } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { split } from '../../src/text/corpus.ts';
import { toDocuments } from '../../src/text/document.ts';
import { create, train } from '../../src/text/tokenizers/wordpiece.ts';

const shape = (text: string) => {
  const documents = text.split('\n\n').map((document) => document.split('\n'));
  return { documents: documents.length, sentences: documents.flat().length };
};

test('every corpus is named as its folder, with its licence and origin', () => {
  expect(Object.keys(corpora).sort()).toEqual([
    'lost-and-found',
    'lost-and-found-days',
    'moby-dick',
    'pocket-stories',
    'where-it-stands',
  ]);
  expect(Object.values(corpora).every(({ licence, origin }) => licence && origin)).toBe(true);
});

test.each([
  ['lost-and-found', { documents: 2000, sentences: 20000 }],
  ['lost-and-found-days', { documents: 2000, sentences: 16000 }],
  ['pocket-stories', { documents: 480, sentences: 7680 }],
  ['moby-dick', { documents: 136, sentences: 8564 }],
  ['where-it-stands', { documents: 4000, sentences: 4000 }],
])('%s is plain text, a sentence a line, a blank line between documents', async (id, expected) => {
  const text = (await corpora[id]!.text()).trimEnd();
  expect(shape(text)).toEqual(expected);
  expect(text).toMatch(/^[\n -~]+$/);
  expect(text).not.toMatch(/\n\n\n|[ \t]\n|\n[ \t]/);
  expect((await corpora[id]!.text()).trimEnd()).toBe(text);
});

test('on the days alone every sentence names its place, and every word is one token with an exact probability', async () => {
  const { text, vocabularySize, functionWords, exact } = corpora['lost-and-found-days']!;
  const days = await text();
  const places = new RegExp(`\\b(${placeNames.join('|')})\\b`);
  expect(days.split('\n').filter((line) => line && !places.test(line))).toEqual([]);
  const tokenizer = create(await train(days, vocabularySize), await functionWords!());
  const { vocabulary } = tokenizer;
  expect(dayWords.filter((word) => vocabulary.idOf(word) === undefined)).toEqual([]);
  const sums = (await exact!(vocabulary))!;
  const documents = (await toDocuments(days, tokenizer)).slice(0, 50);
  for (const { sentences } of documents) {
    const window = sentences.slice(0, 2).flat();
    expect(sums.read(window)!.logProbability(window)).toBeGreaterThan(-60);
  }
  expect(await corpora['lost-and-found']!.exact!(vocabulary)).toBeUndefined();
});

test('the novel begins where it begins and ends where it ends', async () => {
  const text = await corpora['moby-dick']!.text();
  expect(text.slice(0, 17)).toBe('Call me Ishmael.\n');
  expect(text).toMatch(/her missing children, only found another orphan\.$/);
  expect(text).toContain('\nQueequeg was George Washington cannibalistically developed.\n');
});

test('every tenth document is held out, from the fourth on', () => {
  const documents = Array.from({ length: 25 }, (_, i) => ({ sentences: [[i]] }));
  const { train: learned, heldOut } = split(documents);
  expect(heldOut.map(({ sentences }) => sentences[0]![0])).toEqual([3, 13, 23]);
  expect(learned.length).toBe(22);
  expect(learned).not.toContain(documents[13]);
});

test('blank lines end documents, lines are sentences, and what encodes to nothing is left out', async () => {
  const tokenizer = create(await train('one two three four', 64));
  const documents = await toDocuments('one two\n \nthree\n\u00ad\nfour four\n\n\n\n', tokenizer);
  const words = documents.map(({ sentences }) => sentences.map((ids) => tokenizer.decode(ids)));
  expect(words).toEqual([['one two'], ['three', 'four four']]);
});
