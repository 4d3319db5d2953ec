// The lines that need no network: how well word counts alone would do.
import type { Document, Vocabulary } from './document.ts';

/** P(token): special tokens have 0, the others add up to 1. */
export type Unigram = (token: number) => number;
/** P(token | the token on its left); falls back to the unigram where that one was never seen (`[MASK]`, `[CLS]`). */
export type Bigram = (token: number, left: number) => number;

/** Every token of each document, with the one on its left: -1 at its beginning. */
function walk(documents: readonly Document[], visit: (token: number, left: number) => void): void {
  for (const { sentences } of documents) {
    let left = -1;
    for (const sentence of sentences) {
      for (const token of sentence) {
        visit(token, left);
        left = token;
      }
    }
  }
}

/** Add-one smoothed counts of every token that is not special. */
export function unigram(documents: readonly Document[], vocabulary: Vocabulary): Unigram {
  const counts = vocabulary.tokens.map((_, id): number => (vocabulary.isSpecial(id) ? 0 : 1));
  walk(documents, (token) => {
    if (!vocabulary.isSpecial(token)) counts[token]! += 1;
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (token) => (counts[token] ?? 0) / total;
}

/**
 * Counts of neighbours within a document, mixed with the unigram: the more different tokens have followed `left`,
 * the more the unigram weighs. Witten & Bell 1991, method C.
 */
export function bigram(documents: readonly Document[], vocabulary: Vocabulary): Bigram {
  const alone = unigram(documents, vocabulary);
  const isPlain = vocabulary.tokens.map((_, id) => !vocabulary.isSpecial(id));
  const followers = new Map<number, Map<number, number>>();
  walk(documents, (token, left) => {
    if (!isPlain[left] || !isPlain[token]) return;
    const counts = followers.get(left) ?? new Map<number, number>();
    if (counts.size === 0) followers.set(left, counts);
    counts.set(token, (counts.get(token) ?? 0) + 1);
  });
  const totals = new Map([...followers].map(([left, counts]) => [left, [...counts.values()].reduce((a, b) => a + b)]));
  return (token, left) => {
    const counts = followers.get(left);
    if (counts === undefined) return alone(token);
    const seen = totals.get(left)!;
    return ((counts.get(token) ?? 0) + counts.size * alone(token)) / (seen + counts.size);
  };
}
