import type { Document } from '../../text/document.ts';
import { roomFor } from '../frame.ts';
import type { Origin } from '../objective.ts';
import type { PackedOptions } from './facts.ts';

/** Tokens of one document in a row: `length` of them, from its origin on. */
export interface Piece extends Origin {
  readonly length: number;
}

/** What one row holds, in the order of the text. */
export interface Row {
  readonly pieces: readonly Piece[];
  /** Tokens of its text in front of each separator within it. */
  readonly breaks: readonly number[];
}

/** A sentence, or as much of one as a row has room for; without tokens it is the end of its document. */
interface Item {
  readonly document: number;
  readonly sentence: number;
  readonly skip: number;
  readonly length: number;
}

function* itemsOf(documents: readonly Document[], room: number): Generator<Item> {
  for (const [document, { sentences }] of documents.entries()) {
    for (const [sentence, { length }] of sentences.entries())
      for (let skip = 0; skip < length; skip += room)
        yield { document, sentence, skip, length: Math.min(room, length - skip) };
    yield { document, sentence: sentences.length, skip: 0, length: 0 };
  }
}

/** The text that a row had before, and what comes behind it in the same document. */
function withItem(pieces: readonly Piece[], { document, sentence, skip, length }: Item): readonly Piece[] {
  const last = pieces.at(-1);
  if (last?.document !== document) return [...pieces, { document, first: sentence, last: sentence, skip, length }];
  return [...pieces.slice(0, -1), { ...last, last: sentence, length: last.length + length }];
}

/** All rows that one pass through the documents makes, each sentence in one of them: Liu et al. 2019, §4.2. */
function fillRows(documents: readonly Document[], options: PackedOptions): readonly Row[] {
  const { format, mode, frame } = options;
  const room = roomFor(1, options);
  const hasSeparators = frame !== 'none';
  /** Separators behind each sentence; the last of a row is the one that stands at the end of any. */
  const behind = hasSeparators && mode === 'reference' ? 1 : 0;
  const rows: Row[] = [];
  let pieces: readonly Piece[] = [];
  let breaks: number[] = [];
  let tokens = 0;

  function close(): void {
    if (tokens > 0) rows.push({ pieces, breaks: behind > 0 ? breaks.slice(0, -1) : breaks });
    pieces = [];
    breaks = [];
    tokens = 0;
  }

  for (const item of itemsOf(documents, room)) {
    const isEnd = item.length === 0;
    if (isEnd && format === 'document') close();
    if (isEnd && (format === 'document' || behind === 0)) continue;
    const meets = () => hasSeparators && behind === 0 && tokens > 0 && pieces.at(-1)!.document !== item.document;
    if (tokens + breaks.length + Number(meets()) + item.length > room) close();
    if (meets()) breaks.push(tokens);
    if (!isEnd) pieces = withItem(pieces, item);
    tokens += item.length;
    if (behind > 0) breaks.push(tokens);
  }
  close();
  return rows;
}

const kept = new WeakMap<readonly Document[], Map<string, readonly Row[]>>();

/** `fillRows`, kept for as long as the documents are. */
export function rowsOf(documents: readonly Document[], options: PackedOptions): readonly Row[] {
  const known = kept.get(documents) ?? new Map<string, readonly Row[]>();
  kept.set(documents, known);
  const key = `${options.format} ${options.mode} ${options.maxLength} ${options.frame ?? 'bert'}`;
  const rows = known.get(key) ?? fillRows(documents, options);
  known.set(key, rows);
  return rows;
}
