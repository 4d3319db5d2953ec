import type { Exact } from '../text/exact.ts';
import { type Reading, readingOf } from './guess.ts';

/**
 * Which state answers for a target: that of its own position in the one stream there is; that of the position read
 * before it; or a second stream of its own.
 */
export type Way = 'own' | 'before' | 'two';

/** `as probable as 7 others`, where all that is possible is equally likely and a rank would tell nothing. */
export const tieOf = ({ truthShare, truthRank }: Reading): string | undefined =>
  truthRank > 1 && Math.abs(truthRank * truthShare - 1) < 1e-6 ? `as probable as ${truthRank - 1} others` : undefined;

/**
 * The best that can be answered at either of two places, each of which may be next after all other words. Who is asked
 * where the word before was read is not told which of the two it is, so there is one answer for both: their mean.
 * Undefined where the text has no grammar that says this sentence.
 */
export function answersOf(
  exact: Exact | undefined,
  ids: readonly number[],
  targets: readonly [number, number],
  way: Way,
  isSpecial: (id: number) => boolean,
): readonly Reading[] | undefined {
  const truths = targets.map((position) => ids[position]!);
  const seen = ids.map((id, i) => (targets.includes(i) || isSpecial(id) ? null : id));
  const [first, second] = exact?.read(ids)?.posteriors(seen, targets) ?? [];
  if (!first || !second) return undefined;
  const mean = first.map((share, id) => (share + second[id]!) / 2);
  const beliefs = {
    own: truths.map((truth) => first.map((_, id) => (id === truth ? 1 : 0))),
    before: [mean, mean],
    two: [first, second],
  };
  return beliefs[way].map((belief, t) => readingOf(belief, truths[t]!));
}
