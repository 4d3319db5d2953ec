import { AppError } from '../core/errors.ts';
import { createTurns, type Progress, type Turns } from '../core/turns.ts';
import { createLines } from './lines.ts';
import { type Cuts, cutLong, longestSentence } from './long-sentences.ts';
import { longestWord } from './tokenizers/pieces.ts';
import { splitWords } from './tokenizers/words.ts';
import { bertSpecials } from './vocabulary.ts';

/** What was understood of a text. */
export interface Report {
  readonly documents: number;
  readonly sentences: number;
  readonly words: number;
  /** How the text was read where that may surprise, each as a phrase. */
  readonly taken: readonly string[];
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

const refuse = (sentence: string): never => {
  throw new AppError('bad-text', sentence, 'text');
};
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
const phrase = (n: number, one: string, many?: string): readonly string[] => (n > 0 ? [counted(n, one, many)] : []);

/** Throws `AppError('bad-text')` for a text of so many bytes or characters if that is more than can be learned from. */
export function refuseTooLarge(size: number): void {
  if (size <= mostBytes) return;
  refuse(
    `The text has ${megabytes(size)}, more than a browser can train on in a sitting. ` +
      `Take at most ${mostBytes / 1e6} MB of it: cut it in an editor, or choose one of its parts.`,
  );
}

/**
 * Reads a pasted text or the bytes of a file, in time that grows as the text does. Blank lines end documents; sentences
 * end with a line or a sentence mark. Throws `AppError('bad-text')` for what cannot be learned from.
 */
export async function readOwnText(
  source: string | Uint8Array,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<OwnText> {
  refuseTooLarge(source.length);
  const raw = typeof source === 'string' ? source : decode(source);
  if (raw.includes('\0')) {
    refuse('This is not a text but a binary file. Save the text as plain text (.txt) and take that file.');
  }
  const { text, specials } = withoutSpecials(raw);
  const lines = await createLines(text, turns);
  const cuts: Cuts = { sentences: 0, words: 0 };
  const documents: string[][] = [];
  let wordless = 0;
  let words = 0;
  let read = 0;
  for (const document of text.split(/\n[^\S\n]*\n\s*/)) {
    const kept: string[] = [];
    for await (const sentence of lines.sentencesOf(document)) {
      if (!hasWord(sentence)) wordless++;
      else
        for (const piece of cutLong(sentence, cuts)) {
          kept.push(piece);
          words += countWords(piece);
          read += piece.length;
          await turns();
        }
      onProgress(read, text.length);
    }
    if (kept.length > 0) documents.push(kept);
  }
  const sentences = documents.flat();
  refuseTooShort(sentences.length);
  const wanted = Math.min(wantedDocuments, Math.floor(sentences.length / 3));
  const few = documents.length < wanted;
  const ready = few ? intoDocuments(sentences, wanted) : documents;
  const repeated = sentences.length - new Set(sentences).size;
  return {
    text: ready.map((document) => document.join('\n')).join('\n\n'),
    report: {
      documents: ready.length,
      sentences: sentences.length,
      words,
      taken: [
        ...phrase(lines.unmarked(), 'line without a full stop as a sentence', 'lines without full stops as sentences'),
        ...(repeated > sentences.length / 2
          ? [`${counted(repeated, 'sentence')} a second time, so that most of what is held out has been learned from`]
          : []),
      ],
      dropped: [
        ...phrase(wordless, 'line without a word', 'lines without a word'),
        ...phrase(specials, 'special token, such as [MASK]', 'special tokens, such as [MASK]'),
      ],
      cut: [
        ...phrase(cuts.sentences, 'sentence').map((n) => `${n} of more than ${longestSentence} words cut into pieces`),
        ...phrase(cuts.words, 'word').map((n) => `${n} of more than ${longestWord} letters cut into pieces`),
        ...(few
          ? [`${counted(documents.length, 'document')} cut into ${ready.length}, so that some can be held out`]
          : []),
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

/** A word has a letter or a digit. */
const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const countWords = (sentence: string): number => splitWords(sentence).filter(hasWord).length;

/** The same sentences as `count` documents of nearly equal length. */
function intoDocuments(sentences: readonly string[], count: number): readonly (readonly string[])[] {
  const edge = (i: number) => Math.round((i * sentences.length) / count);
  return Array.from({ length: count }, (_, i) => sentences.slice(edge(i), edge(i + 1)));
}

function refuseTooShort(sentences: number): void {
  const advice = `Take a text of at least ${fewestSentences} sentences, each on its own line or ended by a full stop before a capital letter.`;
  if (sentences === 0) refuse(`There is no text: not one word. ${advice}`);
  if (sentences === 1) refuse(`The text is a single sentence; there is nothing to compare it with. ${advice}`);
  if (sentences < fewestSentences) refuse(`The text has ${sentences} sentences, too few to learn anything. ${advice}`);
}
