import type { Turns } from '../../core/turns.ts';
import { continuation } from '../vocabulary.ts';

/** The characters of a text, the commonest first. */
interface Characters {
  readonly byCount: readonly string[];
  /** Those that also stand within a word: they need two pieces. */
  readonly continuing: ReadonlySet<string>;
}

async function charactersOf(words: ReadonlyMap<string, number>, turns: Turns): Promise<Characters> {
  const counts = new Map<string, number>();
  const continuing = new Set<string>();
  let read = 0;
  for (const [word, count] of words) {
    let isFirst = true;
    for (const character of word) {
      counts.set(character, (counts.get(character) ?? 0) + count);
      if (!isFirst) continuing.add(character);
      isFirst = false;
    }
    if (++read % 512 === 0) await turns();
  }
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([character]) => character);
  return { byCount, continuing };
}

/**
 * Every character as the beginning of a word, and as a continuation where it is one. If these are more than `most`, the
 * commonest characters stay. Both halves stand in the order of the characters, so that ids do not depend on the text's
 * order.
 */
export async function alphabet(words: ReadonlyMap<string, number>, most: number, turns: Turns): Promise<string[]> {
  const { byCount, continuing } = await charactersOf(words, turns);
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

/**
 * How many pieces it takes so that at most the given share of the text's words has a character without a piece. Pieces
 * go to the commonest characters first, as in `alphabet`; or to all words, where these are fewer.
 */
export async function piecesToKnow(words: ReadonlyMap<string, number>, share: number, turns: Turns): Promise<number> {
  const { byCount, continuing } = await charactersOf(words, turns);
  const needed = new Map<string, number>();
  let pieces = 0;
  for (const character of byCount) {
    pieces += continuing.has(character) ? 2 : 1;
    needed.set(character, pieces);
  }
  const countAt = new Map<number, number>();
  let read = 0;
  let total = 0;
  for (const [word, count] of words) {
    let most = 0;
    for (const character of word) most = Math.max(most, needed.get(character)!);
    countAt.set(most, (countAt.get(most) ?? 0) + count);
    total += count;
    if (++read % 512 === 0) await turns();
  }
  let unknown = 0;
  for (const [size, count] of [...countAt].sort(([a], [b]) => b - a)) {
    unknown += count;
    if (unknown > share * total) return Math.min(size, words.size);
  }
  return 0;
}
