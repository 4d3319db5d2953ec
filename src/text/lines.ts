import type { Turns } from '../core/turns.ts';
import { eachSentence, hasCapital, hasSentenceMark } from './sentences.ts';

/** Fewer sentence marks than one in so many lines: the lines themselves are the sentences. */
const linesPerMark = 10;

/** The lines that hold anything, without the white space around them. */
async function linesOf(text: string, turns: Turns): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let start = 0; start <= text.length; ) {
    const near = text.indexOf('\n', start);
    const end = near < 0 ? text.length : near;
    const line = text.slice(start, end).trim();
    if (line) lines.push(line);
    if (lines.length % 1024 === 0) await turns();
    start = end + 1;
  }
  return lines;
}

async function count(lines: readonly string[], turns: Turns, isMeant: (i: number) => boolean): Promise<number> {
  let counted = 0;
  for (let i = 0; i < lines.length; i++) {
    if (isMeant(i)) counted++;
    if (i % 1024 === 0) await turns();
  }
  return counted;
}

const areMarked = async (lines: readonly string[], turns: Turns): Promise<boolean> =>
  (await count(lines, turns, (i) => hasSentenceMark(lines[i]!))) * linesPerMark >= lines.length;

const goesOn = (line: string, before: string): boolean =>
  /^\p{Ll}/u.test(line) && !/[.!?]["'\u201d\u2019)]*$/.test(before);

/** What the line ends of a text mean. */
export interface Lines {
  /** The sentences of one of its documents. */
  readonly sentencesOf: (document: string) => AsyncGenerator<string>;
  /** So many lines were taken as sentences though they go on in lower case, for want of sentence marks. */
  readonly unmarked: () => number;
}

/**
 * A line that goes on in lower case was only wrapped, and its line end means nothing: so where there are sentence marks
 * to end sentences by. Where they are missing, as in a list of words, each line is a sentence. A few lines say too
 * little about that, so that the whole text decides for them.
 */
export async function createLines(text: string, turns: Turns): Promise<Lines> {
  const isMarked = await areMarked(await linesOf(text, turns), turns);
  const isSmall = !hasCapital(text);
  let unmarked = 0;

  async function* sentencesOf(document: string): AsyncGenerator<string> {
    const lines = await linesOf(document, turns);
    const continued = await count(lines, turns, (i) => i > 0 && goesOn(lines[i]!, lines[i - 1]!));
    const seemsWrapped = continued > lines.length / 4;
    const hasMarks = lines.length < linesPerMark ? isMarked : await areMarked(lines, turns);
    if (seemsWrapped && !hasMarks) unmarked += lines.length;
    if (seemsWrapped && hasMarks) yield* eachSentence(lines.join(' '), isSmall);
    else for (const line of lines) yield* eachSentence(line, isSmall);
  }

  return { sentencesOf, unmarked: () => unmarked };
}
