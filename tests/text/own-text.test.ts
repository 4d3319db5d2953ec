import { expect, test } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { readOwnText } from '../../src/text/own-text.ts';

const twelve = Array.from({ length: 12 }, (_, i) => `Sentence number ${i} is here.`);
const refused = async (source: string | Uint8Array): Promise<string> => {
  try {
    await readOwnText(source);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-text') return error.message;
  }
  return 'not refused';
};

test('blank lines end documents; lines and sentence marks end sentences', async () => {
  const blocks = [
    twelve.slice(0, 4).join(' '),
    twelve.slice(4, 8).join('\n'),
    'A dog! "Where?" Mr. Fox saw it.',
    twelve[9]!,
  ];
  const { text, report } = await readOwnText(`${blocks.join('\n \n')}\n\n\n`);
  expect(text).toBe(
    [
      'Sentence number 0 is here.\nSentence number 1 is here.\nSentence number 2 is here.\nSentence number 3 is here.',
      'Sentence number 4 is here.\nSentence number 5 is here.\nSentence number 6 is here.\nSentence number 7 is here.',
      'A dog!\n"Where?"\nMr. Fox saw it.',
      'Sentence number 9 is here.',
    ].join('\n\n'),
  );
  expect(report).toEqual({ documents: 4, sentences: 12, words: 52, taken: [], dropped: [], cut: [] });
});

test('a text without capital letters has its sentences too, and one with them is not cut within', async () => {
  const small = twelve.join(' ').toLowerCase();
  expect((await readOwnText(small)).report.sentences).toBe(12);
  expect(await refused(`${small} A last one.`)).toMatch(/^The text has 2 sentences/);
});

test('a text that repeats itself is told so', async () => {
  const { report } = await readOwnText(Array.from({ length: 3 }, () => twelve.join('\n')).join('\n\n'));
  expect(report.taken).toEqual([expect.stringMatching(/^24 sentences a second time/)]);
});

test('wrapped lines are joined before sentences are told apart', async () => {
  const wrapped = twelve.map((sentence) => sentence.replace(' is', '\nis')).join('\n');
  expect((await readOwnText(wrapped)).text.replaceAll('\n\n', '\n').split('\n')).toEqual(twelve);
});

test('a text in one block is cut into documents, and the report says so', async () => {
  const { text, report } = await readOwnText(twelve.join(' '));
  expect(text.split('\n\n').map((document) => document.split('\n').length)).toEqual([3, 3, 3, 3]);
  expect(report.cut).toEqual(['1 document cut into 4, so that some can be held out']);
});

test('what holds no word and what spells out a special token is left out, and counted', async () => {
  const { text, report } = await readOwnText([...twelve, '***', 'One [MASK] more [SEP] sentence.'].join('\n'));
  expect(text).toContain('\nOne more sentence.');
  expect(text).not.toContain('***');
  expect(report.dropped).toEqual(['1 line without a word', '2 special tokens, such as [MASK]']);
});

test('a sentence without an end is cut into pieces of a hundred words', async () => {
  const { report, text } = await readOwnText([...twelve, 'word '.repeat(250)].join('\n'));
  expect(report.sentences).toBe(15);
  expect(report.cut[0]).toBe('1 sentence of more than 100 words cut into pieces');
  expect(text.endsWith(`\n${'word '.repeat(49)}word`)).toBe(true);
});

test('UTF-8 and UTF-16 files are read, Chinese full stops too', async () => {
  const chinese = '\u732b\u5728\u8fd9\u91cc\u3002'.repeat(12);
  expect((await readOwnText(new TextEncoder().encode(chinese))).report).toMatchObject({ sentences: 12, words: 48 });
  const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${twelve.join('\n')}`, (c) => c.charCodeAt(0)).buffer);
  expect((await readOwnText(utf16)).report.sentences).toBe(12);
});

test.each([
  ['', 'There is no text: not one word.'],
  ['  \n\n *** \n', 'There is no text: not one word.'],
  ['Only this one.', 'The text is a single sentence'],
  ['One. Two. Three.', 'The text has 3 sentences, too few'],
  [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0xff]), 'not a text but a binary file'],
  ['a\0b', 'not a text but a binary file'],
  [new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x2e]), 'The file is not in UTF-8'],
  [new Uint8Array(50_000_000), 'The text has 50.0 MB'],
])('text %# is refused, and the sentence says why', async (source, why) => {
  expect(await refused(source)).toContain(why);
});

test('five megabytes are read in a few seconds', async () => {
  const text = `${'The cat sat on the mat and looked at the moon. '.repeat(20)}\n\n`.repeat(5000).slice(0, 4_900_000);
  const before = performance.now();
  expect((await readOwnText(text)).report.documents).toBe(5000);
  expect(performance.now() - before).toBeLessThan(8000);
});
