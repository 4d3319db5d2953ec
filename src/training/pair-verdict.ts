import type { AnyPairing } from '../objectives/catalog.ts';
import { type Example, IGNORE, type Sequence } from '../objectives/objective.ts';
import type { Exact } from '../text/exact.ts';

/** A sequence with nothing hidden and no token asked for. */
export const wholePair = ({ ids, segments, pairLabel }: Sequence): Example => ({
  inputIds: ids,
  segments,
  labels: ids.map(() => IGNORE),
  pairLabel,
});

/** P(label 0) of a reader who knows the grammar and weighs both hypotheses exactly; undefined where it cannot read. */
export function bestVerdict(
  { ids }: Pick<Sequence, 'ids'>,
  { labels, relation }: Pick<AnyPairing, 'labels' | 'relation'>,
  exact: Exact | undefined,
  isSpecial: (id: number) => boolean,
): number | undefined {
  if (!labels) return undefined;
  return exact?.read(ids, relation)?.hypotheses(ids.map((id) => (isSpecial(id) ? null : id)))?.[0];
}
