import { AppError } from '../core/errors.ts';
import { splitSentences } from './sentences.ts';
import { splitWords } from './tokenizers/words.ts';
import { bertSpecials } from './vocabulary.ts';

/** What was understood of a text. */
export interface Report {
  readonly documents: number;
  readonly sentences: number;
  readonly words: number;
  /** What was left out, each as a phrase: `3 lines without a word`. */
  readonly dropped: readonly string[];
  /** What was cut otherwise than it came, each as a phrase. */
  readonly cut: readonly string[];
}

/** A text ready to learn from: a sentence a line, a blank line between documents. */
export interface OwnText {
  readonly text: string;
  readonly report: Report;
}

const mostBytes = 5_000_000;
const fewestSentences = 12;
/** Held-out documents need at least four; with fewer than ten the one held out would be too much of the text. */
const wantedDocuments = 10;
/** What has no full stop for longer than this is cut, since no model's window would hold it. */
const longestSentence = 100;

const refuse = (sentence: string): never => {
  throw new AppError('bad-text', sentence, 'text');
};
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/**
 * Reads a pasted text or the bytes of a file. Blank lines end documents; sentences end with a line or a sentence mark.
 * Throws `AppError('bad-text')` for what cannot be learned from.
 */
export function readOwnText(source: string | Uint8Array): OwnText {
  const size = typeof source === 'string' ? source.length : source.byteLength;
  if (size > mostBytes) {
    refuse(`The text has ${megabytes(size)}, more than a browser can train on in a sitting. Take at most 5 MB of it.`);
  }
  const raw = typeof source === 'string' ? source : decode(source);
  if (raw.includes('\0')) {
    refuse('This is not a text but a binary file. Save the text as plain text (.txt) and take that file.');
  }
  const { text, specials } = withoutSpecials(raw);
  const pieces = text.split(/\n[^\S\n]*\n\s*/).map(sentencesOf);
  const wordless = pieces.flat().filter((sentence) => !hasWord(sentence)).length;
  const documents = pieces.map((sentences) => sentences.filter(hasWord)).filter((sentences) => sentences.length > 0);
  const tooLong = documents.flat().filter((sentence) => wordsOf(sentence).length > longestSentence).length;
  const short = documents.map((sentences) => sentences.flatMap(cutLong));
  const sentences = short.flat();
  refuseTooShort(sentences.length);
  const wanted = Math.min(wantedDocuments, Math.floor(sentences.length / 3));
  const few = short.length < wanted;
  const ready = few ? intoDocuments(sentences, wanted) : short;
  return {
    text: ready.map((document) => document.join('\n')).join('\n\n'),
    report: {
      documents: ready.length,
      sentences: sentences.length,
      words: sentences.reduce((sum, sentence) => sum + countWords(sentence), 0),
      dropped: [
        ...(wordless > 0 ? [counted(wordless, 'line without a word', 'lines without a word')] : []),
        ...(specials > 0 ? [counted(specials, 'special token, such as [MASK]', 'special tokens, such as [MASK]')] : []),
      ],
      cut: [
        ...(tooLong > 0
          ? [`${counted(tooLong, 'sentence')} of more than ${longestSentence} words cut into pieces`]
          : []),
        ...(few ? [`${counted(short.length, 'document')} cut into ${ready.length}, so that some can be held out`] : []),
      ],
    },
  };
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const is16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = is16 ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return bytes.includes(0)
      ? refuse('This is not a text but a binary file. Save the text as plain text (.txt) and take that file.')
      : refuse('The file is not in UTF-8, so its letters cannot be told. Save it again with the encoding UTF-8.');
  }
}

/** A text that spells out a special token would put it where only the model's input may have it. */
function withoutSpecials(text: string): { readonly text: string; readonly specials: number } {
  let specials = 0;
  const pattern = new RegExp(bertSpecials.map((token) => token.replace(/[[\]]/g, '\\$&')).join('|'), 'g');
  const rest = text.replace(/\r\n?/g, '\n').replace(pattern, () => {
    specials++;
    return ' ';
  });
  return { text: rest, specials };
}

/**
 * Lines of one document as sentences. Lines that go on in lower case were only wrapped: then the line ends mean
 * nothing.
 */
function sentencesOf(document: string): readonly string[] {
  const lines = document
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const goesOn = lines.filter(
    (line, i) => i > 0 && /^\p{Ll}/u.test(line) && !/[.!?]["'\u201d\u2019)]*$/.test(lines[i - 1]!),
  );
  const wrapped = goesOn.length > lines.length / 4;
  return (wrapped ? [lines.join(' ')] : lines).flatMap(splitSentences);
}

const wordsOf = (sentence: string): readonly string[] => sentence.split(/\s+/);

/** A word has a letter or a digit. */
const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const countWords = (sentence: string): number => splitWords(sentence).filter(hasWord).length;

function cutLong(sentence: string): readonly string[] {
  const words = wordsOf(sentence);
  const pieces = Math.ceil(words.length / longestSentence);
  return Array.from({ length: pieces }, (_, i) =>
    words.slice(i * longestSentence, (i + 1) * longestSentence).join(' '),
  );
}

/** The same sentences as `count` documents of nearly equal length. */
function intoDocuments(sentences: readonly string[], count: number): readonly (readonly string[])[] {
  const edge = (i: number) => Math.round((i * sentences.length) / count);
  return Array.from({ length: count }, (_, i) => sentences.slice(edge(i), edge(i + 1)));
}

function refuseTooShort(sentences: number): void {
  const advice = `Take a text of at least ${fewestSentences} sentences, each with its full stop or on its own line.`;
  if (sentences === 0) refuse(`There is no text: not one word. ${advice}`);
  if (sentences === 1) refuse(`The text is a single sentence; there is nothing to compare it with. ${advice}`);
  if (sentences < fewestSentences) refuse(`The text has ${sentences} sentences, too few to learn anything. ${advice}`);
}
