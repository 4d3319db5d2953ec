import { continuation } from '../vocabulary.ts';

/** Pieces and their ids; a piece that continues a word is spelled with `##`. */
export interface Pieces {
  readonly ids: ReadonlyMap<string, number>;
  /** No piece is longer; what is need not be looked up. */
  readonly longest: number;
}

export const piecesOf = (tokens: readonly string[]): Pieces => ({
  ids: new Map(tokens.map((token, i) => [token, i])),
  longest: tokens.reduce((longest, { length }) => Math.max(longest, length), 0),
});

/** A longer word is not cut but unknown, as in the reference tokenizer. */
export const longestWord = 100;

/**
 * The ids of a word's pieces: from the left, always the longest piece that fits. Undefined when some rest has no piece:
 * then the whole word is unknown.
 */
export function splitWord(word: string, pieces: Pieces): number[] | undefined {
  // A character is one or two units long; what is longer than that need not be counted.
  if (word.length > 2 * longestWord) return undefined;
  if (word.length > longestWord && [...word].length > longestWord) return undefined;
  const ids: number[] = [];
  for (let start = 0; start < word.length; ) {
    const prefix = start > 0 ? continuation : '';
    let end = Math.min(word.length, start + pieces.longest);
    while (end > start && !pieces.ids.has(prefix + word.slice(start, end))) end--;
    if (end === start) return undefined;
    ids.push(pieces.ids.get(prefix + word.slice(start, end))!);
    start = end;
  }
  return ids;
}
