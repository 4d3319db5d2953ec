/** Who may see whom: row = query, column = key, true = may attend. */
export type Pattern = readonly (readonly boolean[])[];

function pattern(rows: number, columns: number, visible: (query: number, key: number) => boolean): Pattern {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => visible(i, j)));
}

/** Everybody sees everybody, or everything of another text. */
export const full = (rows: number, columns = rows): Pattern => pattern(rows, columns, () => true);

/** Each position sees itself and what stands left of it. */
export const causal = (n: number): Pattern => pattern(n, n, (i, j) => j <= i);

/** Each position sees itself and at most `radius` neighbours on either side. */
export const window = (n: number, radius: number): Pattern => pattern(n, n, (i, j) => Math.abs(i - j) <= radius);

/**
 * Who precedes whom in a factorization order: `order[k]` is the position read k-th.
 * With `self` a position sees itself (content stream), without it does not (query stream). Yang et al. 2019, §2.3.
 */
export function byOrder(order: readonly number[], self = false): Pattern {
  const rank: number[] = [];
  order.forEach((position, k) => {
    rank[position] = k;
  });
  return pattern(order.length, order.length, (i, j) => rank[j]! < rank[i]! || (self && i === j));
}

/** Visible in one or the other. */
export const union = (a: Pattern, b: Pattern): Pattern =>
  pattern(a.length, a[0]?.length ?? 0, (i, j) => a[i]![j]! || b[i]![j]!);
