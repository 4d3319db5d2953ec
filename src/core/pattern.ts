/** Who may see whom: row = query, column = key, true = may attend. */
export type Pattern = readonly (readonly boolean[])[];

function pattern(rows: number, columns: number, visible: (query: number, key: number) => boolean): Pattern {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => visible(i, j)));
}

/** Everybody sees everybody, or everything of another text. */
export const full = (rows: number, columns = rows): Pattern => pattern(rows, columns, () => true);

/** Everybody sees everybody but itself. */
export const others = (n: number): Pattern => pattern(n, n, (i, j) => i !== j);

/** Everybody sees everybody but one, which does not see itself either. */
export const allBut = (n: number, one: number): Pattern => pattern(n, n, (_, j) => j !== one);

/** Each position sees itself and what stands left of it. */
export const causal = (n: number): Pattern => pattern(n, n, (i, j) => j <= i);

/**
 * Each of the last `n` of `keys` positions sees itself and what stands left of it, `most` positions at most. Dai et al.
 * 2019, §3.2.
 */
export const recent = (n: number, most: number, keys = n): Pattern =>
  pattern(n, keys, (i, j) => {
    const distance = keys - n + i - j;
    return distance >= 0 && distance < most;
  });

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

/**
 * Who holds something of what position `from` reads: `[0]` in the input, `[l]` after layer l. Whoever looks at a holder
 * becomes one. The residual path adds to what a position has taken over what it was, so a holder remains one whatever
 * its pattern forbids: Vaswani et al. 2017, §3.1.
 */
export function spread(layers: readonly Pattern[], from: number): readonly (readonly boolean[])[] {
  const holders: (readonly boolean[])[] = [(layers[0] ?? []).map((_, i) => i === from)];
  for (const rows of layers) {
    const before = holders.at(-1)!;
    holders.push(rows.map((row, i) => before[i]! || row.some((visible, j) => visible && before[j]!)));
  }
  return holders;
}
