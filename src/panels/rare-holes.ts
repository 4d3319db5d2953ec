import type { Document, Vocabulary } from '../text/document.ts';

/** How strongly rare words are preferred: weight count^−0.7. Published code of DistilBERT. */
const smoothing = 0.7;

/** Where one hole falls, word by word, if all tokens are alike, and if rare ones come first. */
export interface HoleShares {
  readonly ids: readonly number[];
  readonly alike: readonly number[];
  readonly rare: readonly number[];
}

/**
 * Shares of one drawn hole by word, of the commonest words and of some others down to the rarest, over all documents.
 * Later holes of a batch differ a little, for no token is drawn twice.
 */
export function holeShares(documents: readonly Document[], { size, isSpecial }: Vocabulary): HoleShares {
  const counts = new Float64Array(size);
  for (const { sentences } of documents) for (const sentence of sentences) for (const id of sentence) counts[id]!++;
  const weights = counts.map((count) => (count > 0 ? count ** (1 - smoothing) : 0));
  const [tokens, weight] = [counts, weights].map((list) => list.reduce((sum, one) => sum + one, 0));
  const order = [...counts.keys()].filter((id) => counts[id]! > 0 && !isSpecial(id));
  order.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const middle = [0.5, 0.75].map((share) => order[Math.floor(share * order.length)]!);
  const ids = [...new Set([...order.slice(0, 5), ...middle, order.at(-1)!])];
  return {
    ids,
    alike: ids.map((id) => counts[id]! / tokens!),
    rare: ids.map((id) => weights[id]! / weight!),
  };
}
