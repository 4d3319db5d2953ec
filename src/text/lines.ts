import { eachSentence, hasSentenceMark } from './sentences.ts';

/** Fewer sentence marks than one in so many lines: the lines themselves are the sentences. */
const linesPerMark = 10;

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const areMarked = (lines: readonly string[]): boolean =>
  lines.filter(hasSentenceMark).length * linesPerMark >= lines.length;

const goesOn = (line: string, before: string): boolean =>
  /^\p{Ll}/u.test(line) && !/[.!?]["'\u201d\u2019)]*$/.test(before);

/** What the line ends of a text mean. */
export interface Lines {
  /** The sentences of one of its documents. */
  readonly sentencesOf: (document: string) => Generator<string>;
  /** So many lines were taken as sentences though they go on in lower case, for want of sentence marks. */
  readonly unmarked: () => number;
}

/**
 * A line that goes on in lower case was only wrapped, and its line end means nothing: so where there are sentence marks
 * to end sentences by. Where they are missing, as in a list of words, each line is a sentence. A few lines say too
 * little about that, so that the whole text decides for them.
 */
export function createLines(text: string): Lines {
  const isMarked = areMarked(linesOf(text));
  let unmarked = 0;

  function* sentencesOf(document: string): Generator<string> {
    const lines = linesOf(document);
    const continued = lines.filter((line, i) => i > 0 && goesOn(line, lines[i - 1]!)).length;
    const seemsWrapped = continued > lines.length / 4;
    const hasMarks = lines.length < linesPerMark ? isMarked : areMarked(lines);
    if (seemsWrapped && !hasMarks) unmarked += lines.length;
    if (seemsWrapped && hasMarks) yield* eachSentence(lines.join(' '));
    else for (const line of lines) yield* eachSentence(line);
  }

  return { sentencesOf, unmarked: () => unmarked };
}
