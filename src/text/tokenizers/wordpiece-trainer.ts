import { createTurns } from '../../core/turns.ts';
import { continuation } from '../vocabulary.ts';
import { createPairMerger } from './pair-merger.ts';

/** Told now and then how many of how many pieces there are. */
export type Progress = (done: number, of: number) => void;

/** At most `size` pieces, special tokens not counted, from how often each word stands in the text. */
export async function learnPieces(
  words: ReadonlyMap<string, number>,
  size: number,
  onProgress?: Progress,
): Promise<string[]> {
  return words.size <= size ? wholeWords(words, size) : mergePieces(words, size, onProgress);
}

/** Every word, the commonest first; then single characters for words not met yet, while there is room. */
function wholeWords(words: ReadonlyMap<string, number>, size: number): string[] {
  const inOrder = [...words].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
  const characters = alphabet(words, size - words.size).filter((piece) => !words.has(piece));
  return [...inOrder, ...characters];
}

/**
 * Single characters, and then the most frequent pair of neighbouring pieces made one, until there are `size` pieces.
 */
async function mergePieces(words: ReadonlyMap<string, number>, size: number, onProgress?: Progress): Promise<string[]> {
  const pieces = alphabet(words, size);
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const cut: number[][] = [];
  const counts: number[] = [];
  for (const [word, count] of words) {
    const symbols = spell(word).map((piece) => ids.get(piece));
    if (symbols.includes(undefined)) continue;
    cut.push(symbols as number[]);
    counts.push(count);
  }
  const merger = createPairMerger(cut, counts);
  const turns = createTurns();
  while (pieces.length < size) {
    const merge = merger.next();
    if (merge === undefined) break;
    const joined = pieces[merge.left]! + pieces[merge.right]!.slice(continuation.length);
    let id = ids.get(joined);
    if (id === undefined) {
      id = pieces.length;
      ids.set(joined, id);
      pieces.push(joined);
    }
    merger.apply(merge, id);
    if (pieces.length % 64 === 0) onProgress?.(pieces.length, size);
    await turns();
  }
  onProgress?.(pieces.length, pieces.length);
  return pieces;
}

/** The characters of a word as pieces: `cat` is `c ##a ##t`. */
const spell = (word: string): string[] => [...word].map((character, i) => (i > 0 ? continuation : '') + character);

/**
 * Every character as the beginning of a word, and as a continuation where it is one. If these are more than `most`, the
 * commonest characters stay. Both halves stand in the order of the characters, so that ids do not depend on the text's
 * order.
 */
function alphabet(words: ReadonlyMap<string, number>, most: number): string[] {
  const counts = new Map<string, number>();
  const continuing = new Set<string>();
  for (const [word, count] of words) {
    for (const [i, character] of [...word].entries()) {
      counts.set(character, (counts.get(character) ?? 0) + count);
      if (i > 0) continuing.add(character);
    }
  }
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([character]) => character);
  const kept: string[] = [];
  let room = most;
  for (const character of byCount) {
    room -= continuing.has(character) ? 2 : 1;
    if (room < 0) break;
    kept.push(character);
  }
  kept.sort();
  return [...kept, ...kept.filter((character) => continuing.has(character)).map((c) => continuation + c)];
}
