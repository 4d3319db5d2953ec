/**
 * Heights for labels that want to stand at `wanted` but may not touch: at least `spacing` apart, within `from` … `to`
 * where all of them fit there, the squares of their moves as small as possible (pool adjacent violators).
 */
export function spread(wanted: readonly number[], spacing: number, from: number, to: number): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  /** With the k-th label lowered by k spacings, not touching means not decreasing. */
  const pools: { sum: number; size: number }[] = [];
  order.forEach((i, k) => {
    pools.push({ sum: wanted[i]! - k * spacing, size: 1 });
    while (pools.length > 1 && mean(pools.at(-2)!) > mean(pools.at(-1)!)) {
      const last = pools.pop()!;
      const before = pools.pop()!;
      pools.push({ sum: before.sum + last.sum, size: before.size + last.size });
    }
  });
  const latest = Math.max(from, to - (wanted.length - 1) * spacing);
  const starts = pools.flatMap((pool) =>
    Array.from({ length: pool.size }, () => Math.min(latest, Math.max(from, mean(pool)))),
  );
  const out: number[] = [];
  order.forEach((i, k) => {
    out[i] = starts[k]! + k * spacing;
  });
  return out;
}
const mean = (pool: { readonly sum: number; readonly size: number }): number => pool.sum / pool.size;
