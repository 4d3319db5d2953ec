import { describe, expect, test } from 'vitest';
import { readOwnText } from '../../src/text/own-text.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { train } from '../../src/text/tokenizers/wordpiece.ts';

const twelve = Array.from({ length: 12 }, (_, i) => `Sentence number ${i} is here.`);
const linesOf = (text: string) => text.split('\n').filter(Boolean);
/** The least of three: other work on the machine only ever adds to it. */
async function timeOf(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    await work();
    times.push(process.cpuUsage(before).user / 1000);
  }
  return Math.min(...times);
}

describe('what has no end', () => {
  test('a word of more than a hundred letters is cut into pieces that can be tokens, and the report says so', async () => {
    const { text, report } = await readOwnText([...twelve, 'ab'.repeat(125)].join('\n'));
    expect(text).toContain(`\n${'ab'.repeat(50)} ${'ab'.repeat(50)} ${'ab'.repeat(25)}`);
    expect(report.cut[0]).toBe('1 word of more than 100 letters cut into pieces');
  });

  test('marks within a word begin its letters anew, so that an address is not cut', async () => {
    const address = `https://example.org/${'some-where/'.repeat(20)}`;
    const { text, report } = await readOwnText([...twelve, address].join('\n'));
    expect(text).toContain(address);
    expect(report.cut.join()).not.toContain('word of more');
  });

  test('a syllable that the tokenizer takes apart counts as its parts', async () => {
    const { text } = await readOwnText([...twelve, '\ud55c'.repeat(80)].join('\n'));
    expect(text).toContain(`\n${['\ud55c'.repeat(33), '\ud55c'.repeat(33), '\ud55c'.repeat(14)].join(' ')}`);
  });

  test('Chinese without a mark is cut after a hundred characters, without a space put in', async () => {
    const { text, report } = await readOwnText('\u732b'.repeat(1500));
    expect(linesOf(text)).toEqual(Array.from({ length: 15 }, () => '\u732b'.repeat(100)));
    expect(report.cut[0]).toBe('1 sentence of more than 100 words cut into pieces');
  });

  test('a word of a thousand letters or more has no part in the vocabulary', async () => {
    const { tokens } = await train(`cat dog ${'x'.repeat(3_000_000)} cat`, 192);
    expect(Math.max(...tokens.map(({ length }) => length))).toBeLessThan(10);
  });
});

describe('ten times the text takes about ten times as long, not a hundred times', () => {
  test.each([
    ['full stops', (n: number) => splitSentences('.'.repeat(20 * n))],
    ['initials', (n: number) => splitSentences('A. '.repeat(n))],
    ['quotation marks', (n: number) => splitSentences(`.${'"'.repeat(20 * n)}`)],
    ['one word', (n: number) => readOwnText('ab'.repeat(10 * n))],
    ['short lines', (n: number) => readOwnText('cat\n'.repeat(n))],
  ])('%s', async (_, work) => {
    const short = await timeOf(() => work(10_000));
    expect(await timeOf(() => work(100_000))).toBeLessThan(40 * (short + 5));
  });

  test('200,000 letters without a space are read and learned from', async () => {
    let state = 1;
    const letter = () => {
      state = (state * 48271) % 2147483647;
      return String.fromCharCode(97 + (state % 26));
    };
    const letters = Array.from({ length: 200_000 }, letter).join('');
    const before = process.cpuUsage();
    const { text, report } = await readOwnText(letters);
    const { counts } = await train(text, 192);
    expect(report.sentences).toBe(20);
    expect(counts[1]).toBe(0);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});

describe('sentences without marks', () => {
  test('lines in lower case without full stops are sentences', async () => {
    const { text, report } = await readOwnText('cat\ndog\n'.repeat(250));
    expect(report.sentences).toBe(500);
    expect(linesOf(text).slice(0, 2)).toEqual(['cat', 'dog']);
    expect(report.taken[0]).toBe('500 lines without full stops as sentences');
  });

  test('so is a list within a text that has full stops, while its wrapped lines are still joined', async () => {
    const wrapped = twelve.map((sentence) => sentence.replace(' is', '\nis')).join('\n');
    const { text, report } = await readOwnText(`${wrapped}\n\n${'cat\ndog\n'.repeat(10)}`);
    expect(linesOf(text).slice(0, 12)).toEqual(twelve);
    expect(report.sentences).toBe(32);
  });

  test('Chinese and Japanese sentences keep the brackets that close them', () => {
    const [said, asked, loud] = [
      '\u300c\u732b\u3067\u3059\u3002\u300d',
      '\u300e\u72ac\uff1f\u300f',
      '\u3044\u3044\u3048\uff01',
    ];
    expect(splitSentences(`${said}${asked}${loud}\u732b`)).toEqual([said, asked, loud, '\u732b']);
  });
});

test('a text whose characters do not fit says how large a vocabulary would hold them', async () => {
  const characters = Array.from({ length: 600 }, (_, i) => String.fromCharCode(0x4e00 + i));
  const text = Array.from({ length: 20 }, () => characters.join('')).join('\n');
  const small = await train(text, 192);
  expect(small.enough).toBe(599);
  expect(small.counts[1]! / 12_000).toBeCloseTo(0.688, 2);
  const enough = await train(text, small.enough!);
  expect(enough.enough).toBeUndefined();
  expect(enough.counts[1]! / 12_000).toBeLessThanOrEqual(0.01);
});
