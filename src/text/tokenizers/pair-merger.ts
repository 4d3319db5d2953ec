import type { Turns } from '../../core/turns.ts';
import { createHeap } from './heap.ts';

/** Two neighbouring symbols that stand together most often, now one. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** Below 2^21 symbols a pair is one exact number. */
const radix = 2 ** 21;

/**
 * Merges the most frequent pair of neighbouring symbols, again and again: Sennrich et al. 2016, algorithm 1. `words`
 * are lists of symbols, changed in place; `counts` says how often each word stands in the text. Equally frequent pairs
 * go in the order of their symbols. Pair counts in the heap may be stale; they are set right when they come up.
 */
export async function createPairMerger(words: readonly number[][], counts: readonly number[], turns: Turns) {
  const pairCounts = new Map<number, number>();
  const wordsOf = new Map<number, number[]>();
  const heap = createHeap((a, b) => a.count > b.count || (a.count === b.count && a.pair < b.pair));

  /** Adds to a pair's count; tells whether the pair gained a word. */
  const change = (left: number, right: number, by: number, word: number) => {
    const pair = left * radix + right;
    pairCounts.set(pair, (pairCounts.get(pair) ?? 0) + by);
    if (by < 0) return;
    const places = wordsOf.get(pair);
    if (places === undefined) wordsOf.set(pair, [word]);
    else if (places.at(-1) !== word) places.push(word);
  };

  for (const [word, symbols] of words.entries()) {
    for (let i = 1; i < symbols.length; i++) change(symbols[i - 1]!, symbols[i]!, counts[word]!, word);
    if (word % 512 === 0) await turns();
  }
  for (const [pair, count] of pairCounts) heap.push({ pair, count });

  /** The next pair, without merging it; undefined when no two symbols are left in any word. */
  function next(): Merge | undefined {
    for (let top = heap.pop(); top !== undefined; top = heap.pop()) {
      const count = pairCounts.get(top.pair) ?? 0;
      if (count < 1) continue;
      if (count === top.count) return { left: Math.floor(top.pair / radix), right: top.pair % radix, count };
      heap.push({ pair: top.pair, count });
    }
    return undefined;
  }

  /** Replaces the pair by `symbol` in every word. */
  async function apply({ left, right }: Merge, symbol: number): Promise<void> {
    const pair = left * radix + right;
    const places = wordsOf.get(pair) ?? [];
    wordsOf.delete(pair);
    pairCounts.delete(pair);
    const gained = new Set<number>();
    for (const [at, word] of places.entries()) {
      if (at % 512 === 511) await turns();
      const symbols = words[word]!;
      const count = counts[word]!;
      for (let i = 0; i + 1 < symbols.length; i++) {
        if (symbols[i] !== left || symbols[i + 1] !== right) continue;
        const before = symbols[i - 1];
        const after = symbols[i + 2];
        symbols.splice(i, 2, symbol);
        if (before !== undefined) {
          change(before, left, -count, word);
          change(before, symbol, count, word);
          gained.add(before * radix + symbol);
        }
        if (after !== undefined) {
          change(right, after, -count, word);
          change(symbol, after, count, word);
          gained.add(symbol * radix + after);
        }
      }
    }
    for (const grown of gained) heap.push({ pair: grown, count: pairCounts.get(grown) ?? 0 });
  }

  return { next, apply };
}
