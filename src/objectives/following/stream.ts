import { AppError } from '../../core/errors.ts';
import type { Document } from '../../text/document.ts';
import type { Origin, Turn } from '../objective.ts';
import { placesOf } from '../places.ts';

/** All documents one after another, as a run of tokens that begins at `start`. */
export interface Window {
  readonly start: number;
  readonly length: number;
}

const tokensOf = (documents: readonly Document[]) =>
  placesOf(documents, 'tokens', ({ sentences }) => sentences.reduce((sum, sentence) => sum + sentence.length, 0));

/** Tokens of all documents. Throws `AppError('bad-text')` if there are not even `rows`. */
export function tokensFor(documents: readonly Document[], rows: number): number {
  const { total } = tokensOf(documents);
  if (total >= rows) return total;
  const message = `The text has ${total} tokens, too few for ${rows} rows to read on in; choose or paste a longer text.`;
  throw new AppError('bad-text', message, 'text');
}

/** What a row reads in one of its turns. */
interface Reading extends Window {
  /** Windows of its share; behind the last one, which is shorter, it begins again. */
  readonly count: number;
  /** Where its share begins. */
  readonly first: number;
}

/** What row `row` of `rows` reads in its `turn`-th step, by windows of `room` tokens, of a text of `tokens` tokens. */
export function readingAt(tokens: number, { row, rows, turn }: Turn, room: number): Reading {
  const first = Math.floor((row * tokens) / rows);
  const end = Math.floor(((row + 1) * tokens) / rows);
  const count = Math.ceil((end - first) / room);
  const start = first + (turn % count) * room;
  return { start, length: Math.min(room, end - start), count, first };
}

/** Where a window comes from, document by document. Sentences are inclusive; `skip` tokens are cut from the front. */
export function originsOf(documents: readonly Document[], { start, length }: Window): Origin[] {
  const { counts } = tokensOf(documents);
  const found: Origin[] = [];
  let begin = 0;
  for (let document = 0; document < documents.length && begin < start + length; document++) {
    const end = begin + counts[document]!;
    if (end > start && counts[document]! > 0) {
      found.push(originIn(documents[document]!, document, start - begin, start + length - begin));
    }
    begin = end;
  }
  return found;
}

/** The sentences of one document that hold its tokens `from` … `to` − 1. */
function originIn({ sentences }: Document, document: number, from: number, to: number): Origin {
  let first = 0;
  let begin = 0;
  while (begin + sentences[first]!.length <= from) begin += sentences[first++]!.length;
  const skip = Math.max(0, from - begin);
  let last = first;
  let end = begin + sentences[first]!.length;
  while (end < to && last + 1 < sentences.length) end += sentences[++last]!.length;
  return { document, first, last, skip };
}

/** The tokens of all origins from where they begin to the end of their last sentences. */
export const textOf = (documents: readonly Document[], origins: readonly Origin[]): readonly number[] =>
  origins.flatMap(({ document, first, last, skip }) =>
    documents[document]!.sentences.slice(first, last + 1)
      .flat()
      .slice(skip),
  );

/** At most the `most` tokens that stand before an origin in its document. */
export function textBefore(
  documents: readonly Document[],
  { document, first, skip }: Origin,
  most: number,
): readonly number[] {
  const { sentences } = documents[document]!;
  const before = [...sentences.slice(0, first).flat(), ...sentences[first]!.slice(0, skip)];
  return before.slice(Math.max(0, before.length - most));
}
