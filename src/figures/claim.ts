import { counted, listed, type Table } from './table.ts';

/** Stored results of one recipe: a number a seed. */
export interface Result {
  readonly name: string;
  readonly values: readonly number[];
  readonly hue?: number;
}
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);

/** Sample standard deviation; 0 for fewer than two values. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
}

/** So many decimals that the least spread among these is seen: two, where there is room for it, and never above four. */
export function digitsOf(results: readonly (readonly number[])[]): number {
  const least = Math.min(...results.map(deviationOf).filter((spread) => spread > 0));
  return Number.isFinite(least) ? Math.min(4, Math.max(2, Math.ceil(-Math.log10(least)))) : 2;
}

/** `3.02 ± 0.04` */
export const spreadText = (values: readonly number[], digits: number): string =>
  values.length < 2
    ? meanOf(values).toFixed(digits)
    : `${meanOf(values).toFixed(digits)} ± ${deviationOf(values).toFixed(digits)}`;

/** Whether the ranges of two results do not touch: then no seed of the one is as good as a seed of the other. */
export const apart = (a: Result, b: Result): boolean =>
  Math.max(...a.values) < Math.min(...b.values) || Math.max(...b.values) < Math.min(...a.values);

/** One sentence that is true of the results. */
export function describeResults(
  results: readonly Result[],
  measure: string,
  better: 'lower' | 'higher',
  digits = 2,
): string {
  const drawn = results.filter(({ values }) => values.length > 0);
  if (drawn.length === 0) return `${measure}: no results yet.`;
  const sign = better === 'lower' ? 1 : -1;
  const order = [...drawn].sort((a, b) => sign * (meanOf(a.values) - meanOf(b.values)));
  const each = order.map(
    ({ name, values }) => `${name} ${spreadText(values, digits)} (${counted(values.length, 'seed')})`,
  );
  const verdict =
    order.length < 2
      ? ''
      : apart(order[0]!, order[1]!)
        ? ` ${order[0]!.name} is best, and each of its seeds is better than each of ${order[1]!.name}.`
        : ` ${order[0]!.name} has the best mean, but its seeds overlap with those of ${order[1]!.name}.`;
  return `${measure}, ${better} is better: ${listed(each)}.${verdict}`;
}

export const tabulateResults = (results: readonly Result[]): Table => ({
  columns: ['Recipe', 'Seed', 'Value'],
  rows: results.flatMap(({ name, values }) => values.map((value, seed) => [name, seed + 1, value])),
});
