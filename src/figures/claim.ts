import { decimalsFor, deviationOf, meanOf, spreadText } from './spread.ts';
import { counted, listed, type Table } from './table.ts';

/** Stored results of one recipe: a number a seed. */
export interface Result {
  readonly name: string;
  readonly values: readonly number[];
  readonly hue?: number;
}
/** Whether the ranges of two results do not touch: then no seed of the one is as good as a seed of the other. */
export const apart = (a: Result, b: Result): boolean =>
  Math.max(...a.values) < Math.min(...b.values) || Math.max(...b.values) < Math.min(...a.values);

/** Whether a difference between two recipes is shown, and by what. */
export interface Verdict {
  readonly ahead: string;
  readonly behind: string;
  readonly isShown: boolean;
  /** Seeds at which the one with the better mean is ahead, and of how many. */
  readonly seeds: number;
  readonly of: number;
  /** Of the means, and the larger standard deviation within a recipe. */
  readonly difference: number;
  readonly spread: number;
}

/**
 * Two recipes, seed by seed. Shown is a difference when every one of at least three seeds is on the same side and the
 * means are further apart than the seeds of either recipe are spread. Undefined without a seed of both.
 */
export function verdictOf(a: Result, b: Result, better: 'lower' | 'higher'): Verdict | undefined {
  const of = Math.min(a.values.length, b.values.length);
  if (of === 0) return undefined;
  const sign = better === 'lower' ? 1 : -1;
  const isFirst = sign * (meanOf(b.values) - meanOf(a.values)) >= 0;
  const [best, other] = isFirst ? [a, b] : [b, a];
  const seeds = other.values.slice(0, of).filter((value, i) => sign * (value - best.values[i]!) > 0).length;
  const difference = Math.abs(meanOf(a.values) - meanOf(b.values));
  const spread = Math.max(deviationOf(a.values), deviationOf(b.values));
  const isShown = of >= 3 && seeds === of && difference > spread;
  return { ahead: best.name, behind: other.name, isShown, seeds, of, difference, spread };
}

/** `both sides ahead of one: shown. 3 of 3 seeds, by 0.41; spread of seeds 0.02.` */
export function describeVerdict({ ahead, behind, isShown, seeds, of, difference, spread }: Verdict): string {
  const digits = decimalsFor(spread);
  const by = `by ${difference.toFixed(digits)}; the seeds spread by ${spread.toFixed(digits)}`;
  return `“${ahead}” ahead of “${behind}”: ${isShown ? 'shown' : 'not shown'}. ${seeds} of ${of} seeds, ${by}.`;
}

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
