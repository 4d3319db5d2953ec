import type { Origin } from '../objectives/objective.ts';
import { counted, type Table } from './table.ts';

/** A document that a pair was taken from: its place in the corpus and the tokens of each sentence. */
export interface Source {
  readonly document: number;
  readonly lengths: readonly number[];
}
/** A pair of segments and where they come from. */
export interface PairPicture {
  readonly sources: readonly Source[];
  /** Absent as long as they are not decided. */
  readonly a?: Origin | undefined;
  readonly b?: Origin | undefined;
  readonly textA: string;
  readonly textB: string;
  /** The coin that was thrown, if it was. */
  readonly coin?: { readonly question: string; readonly answer: string };
  /** What the label says: `B does not follow A`. */
  readonly verdict: string;
}

const sentencesOf = ({ document, first, last }: Origin): string =>
  `${first === last ? `sentence ${first + 1}` : `sentences ${first + 1} to ${last + 1}`} of document ${document + 1}`;

/** One sentence that is true of the pair. */
export function describePair({ a, b, coin, verdict }: PairPicture): string {
  const [nameA, nameB] = [a, b].map((run) => (run ? sentencesOf(run) : 'not decided'));
  return `A is ${nameA}, B is ${nameB}.${coin ? ` ${coin.question} ${coin.answer}.` : ''} ${verdict}.`;
}

function row(name: string, run: Origin | undefined, text: string): readonly (string | number)[] {
  if (!run) return [name, '', '', '', 'not decided'];
  const { document, first, last, skip } = run;
  return [name, document + 1, first === last ? first + 1 : `${first + 1} to ${last + 1}`, skip, text];
}

export const tabulatePair = ({ a, b, textA, textB }: PairPicture): Table => ({
  columns: ['Segment', 'Document', 'Sentences', 'Tokens cut in front', 'Text'],
  rows: [row('A', a, textA), row('B', b, textB)],
});

export interface Box {
  readonly x: number;
  readonly width: number;
}

/** The sentences of a source side by side, `scale` pixels a token. */
export function sentenceBoxes({ lengths }: Source, from: number, scale: number): readonly Box[] {
  let x = from;
  return lengths.map((length) => {
    const box = { x, width: Math.max(3, length * scale - 2) };
    x += length * scale;
    return box;
  });
}

/** The boxes of a run, as one; undefined if the source is not the run's. */
export function runBox(source: Source, boxes: readonly Box[], run: Origin | undefined): Box | undefined {
  if (!run) return undefined;
  const [first, last] = [boxes[run.first], boxes[run.last]];
  if (source.document !== run.document || !first || !last) return undefined;
  return { x: first.x, width: last.x + last.width - first.x };
}

/** A band from one box down to another. */
export const ribbon = (from: Box, y0: number, to: Box, y1: number): string => {
  const middle = (y0 + y1) / 2;
  return (
    `M${from.x},${y0}C${from.x},${middle} ${to.x},${middle} ${to.x},${y1}H${to.x + to.width}` +
    `C${to.x + to.width},${middle} ${from.x + from.width},${middle} ${from.x + from.width},${y0}Z`
  );
};

/** What a document is called in a picture. */
export const sourceName = ({ document, lengths }: Source): string =>
  `Document ${document + 1}, ${counted(lengths.length, 'sentence')}`;
