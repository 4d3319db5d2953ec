import type { Turns } from '../../core/turns.ts';
import { spaceSign } from './unigram-spelling.ts';

/** No piece has more characters, as in SentencePiece. */
export const longestPiece = 16;

/** So many pieces are begun with, at most: as many as the vocabulary many times over. */
const mostSeeds = (size: number): number => Math.max(10_000, 10 * size);

/** A longer word has no share in what is learned. */
const longestLearned = 100;

export type Word = readonly [characters: readonly string[], count: number];

/** Letters with marks, digits, or anything else: no piece is made of two kinds, as in SentencePiece. */
const kindOf = (character: string): number => (/[\p{L}\p{M}]/u.test(character) ? 1 : /\p{N}/u.test(character) ? 2 : 3);

/** Words as characters with how often they stand in the text, in the order of first appearance. */
export const wordsOf = (counts: ReadonlyMap<string, number>): readonly Word[] =>
  [...counts].map(([word, count]): Word => [[...word], count]).filter(([{ length }]) => length <= longestLearned);

/** The commonest characters of the words, at most so many; of equally common ones the smaller first. */
export function charactersOf(words: readonly Word[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const [characters, count] of words)
    for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + count);
  const inOrder = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return inOrder.slice(0, most).map(([character]) => character);
}

/**
 * Pieces to begin with and how often each stands in the text: all characters kept, and of what stands at least twice
 * within words that which covers most of the text.
 */
export async function seedsOf(
  words: readonly Word[],
  kept: readonly string[],
  size: number,
  turns: Turns,
): Promise<ReadonlyMap<string, number>> {
  const isKept = new Set(kept);
  const found = new Map<string, number>();
  const singles = new Map<string, number>(kept.map((character) => [character, 0]));
  for (const [i, [characters, count]] of words.entries()) {
    const kinds = characters.map(kindOf);
    for (let start = 0; start < characters.length; start++) {
      let piece = '';
      const lead = characters[start] === spaceSign ? 1 : 0;
      for (let end = start; end < Math.min(characters.length, start + longestPiece); end++) {
        if (!isKept.has(characters[end]!)) break;
        if (end > start + lead && kinds[end] !== kinds[end - 1]) break;
        piece += characters[end];
        if (end === start) singles.set(piece, singles.get(piece)! + count);
        else found.set(piece, (found.get(piece) ?? 0) + count);
      }
    }
    if (i % 256 === 255) await turns();
  }
  const covers = ([piece, count]: readonly [string, number]) => count * [...piece].length;
  const chosen = [...found]
    .filter(([, count]) => count > 1)
    .sort((a, b) => covers(b) - covers(a) || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostSeeds(size));
  return new Map([...singles, ...chosen]);
}
