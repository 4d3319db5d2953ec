/** Who is predicted and in which order, for one stretch of a sequence. */
export interface Ranks {
  /** The rank of each place in the order; it counts only where the place is sampled or functional. */
  readonly index: readonly number[];
  readonly sampled: readonly boolean[];
  /** Separators and the classifier, which are never predicted. */
  readonly functional: readonly boolean[];
}

export interface Masked {
  /** [length][length], 1 where the row may not see the column. */
  readonly permMask: readonly (readonly number[])[];
  /** Whether each place is predicted. */
  readonly isTarget: readonly boolean[];
}

/**
 * The permutation mask of one stretch, as in XLNet's `_local_perm`: context is visible to everybody, a target sees the
 * others that come before it in the order and never itself. Yang et al. 2019, §2.3.
 */
export function localMask({ index, sampled, functional }: Ranks): Masked {
  const isContext = index.map((_, j) => !sampled[j] && !functional[j]);
  const isTarget = index.map((_, j) => sampled[j]! && !functional[j]);
  const rank = index.map((value, j) => (isContext[j] ? -1 : value));
  const selfRank = rank.map((value, i) => (isTarget[i] ? value : value + 1));
  const permMask = selfRank.map((own) => rank.map((other, j) => (own <= other && !isContext[j] ? 1 : 0)));
  return { permMask, isTarget };
}

/** Two stretches in a row: the first sees nothing of the second, the second sees all of the first. */
export function joinMasks(first: Masked, second: Masked): Masked {
  const ones = second.isTarget.map(() => 1);
  const zeros = first.isTarget.map(() => 0);
  return {
    permMask: [...first.permMask.map((row) => [...row, ...ones]), ...second.permMask.map((row) => [...zeros, ...row])],
    isTarget: [...first.isTarget, ...second.isTarget],
  };
}

/**
 * What the content stream may see, 1 = may: the permutation mask with the diagonal cleared. Yang et al. 2019, eq. 4.
 */
export const contentVisible = (permMask: Masked['permMask']): number[][] =>
  permMask.map((row, i) => row.map((hidden, j) => (i === j || hidden === 0 ? 1 : 0)));

/** What the query stream may see, 1 = may: everything that is not hidden, itself not. Yang et al. 2019, eq. 3. */
export const queryVisible = (permMask: Masked['permMask']): number[][] =>
  permMask.map((row) => row.map((hidden) => 1 - hidden));

/** One row a target, in position order, one-hot at its place; zero rows up to `slots`. [slots][length] */
export function targetMapping(isTarget: readonly boolean[], slots: number): number[][] {
  const targets = isTarget.flatMap((target, position) => (target ? [position] : []));
  return Array.from({ length: slots }, (_, k) => isTarget.map((_, j) => (targets[k] === j ? 1 : 0)));
}
