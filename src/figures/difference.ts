import { extent } from 'd3';
import { knotsOf, lineOf, type Series, spreadOver, tabulateCurves, valueAt } from './curve.ts';
import { lossText } from './loss-words.ts';
import { counted, type Table } from './table.ts';

/** How much more one recipe loses than another at a place, seed by seed: under 0 the first is ahead. */
export interface Difference {
  readonly x: number;
  readonly values: readonly number[];
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}
/** Seed against the same seed, where both have come; none where the recipes share no seed. */
export function differencesOf(a: Series, b: Series): readonly Difference[] {
  const pairs = a.traces
    .slice(0, b.traces.length)
    .map((trace, seed) => [lineOf(trace), lineOf(b.traces[seed]!)] as const);
  const known = pairs.filter(([one, other]) => one.length > 0 && other.length > 0);
  const places = knotsOf(known.flat());
  const lines = known.map(([one, other]) => places.map((x) => [x, valueAt(one, x)! - valueAt(other, x)!] as const));
  return spreadOver(lines).map((spread, i) => ({ ...spread, values: lines.map((line) => line[i]![1]) }));
}

/** `+0.18`, `−0.02`, `0`. */
export function signedText(value: number): string {
  const text = lossText(Math.abs(value));
  return Number(text) === 0 ? '0' : `${value < 0 ? '−' : '+'}${text}`;
}

/** Which of the two is ahead in how many seeds; of as many either way, neither. */
export function leaderAt({ values }: Difference): { readonly first: boolean | undefined; readonly count: number } {
  const first = values.filter((value) => value < 0).length;
  const second = values.filter((value) => value > 0).length;
  return first === second
    ? { first: undefined, count: first }
    : { first: first > second, count: Math.max(first, second) };
}
/** `both sides, 3 of 3`. */
export function leaderText(difference: Difference, a: string, b: string): string {
  const { first, count } = leaderAt(difference);
  return first === undefined ? 'neither' : `${first ? a : b}, ${count} of ${difference.values.length}`;
}

/** One sentence that is true of the differences. */
export function describeDifferences(differences: readonly Difference[], a: string, b: string, unit: string): string {
  const last = differences.at(-1);
  if (!last) return `${a} minus ${b}: nothing to compare yet.`;
  const { first, count } = leaderAt(last);
  const [low = 0, high = 0] = extent(last.values) as [number?, number?];
  const verdict =
    first === undefined
      ? 'neither is ahead in more seeds than the other'
      : count === last.values.length
        ? `${first ? a : b} is ahead for every seed`
        : `${first ? a : b} is ahead for ${count} of ${counted(last.values.length, 'seed')}`;
  return (
    `Loss of ${a} minus that of ${b}, seed by seed: at ${unit} ${last.x.toLocaleString('en')} ` +
    `${signedText(last.mean)} nats on average, from ${signedText(low)} to ${signedText(high)}; ${verdict}.`
  );
}

/** The curves of a claim and, as further rows, the difference of its first recipe from each other, seed by seed. */
export function tabulateClaim(series: readonly Series[], unit: string): Table {
  const [a, ...others] = series;
  const curves = tabulateCurves(series, unit);
  if (!a) return curves;
  const differences = others.flatMap((b) =>
    differencesOf(a, b).flatMap(({ x, values }) =>
      values.map((value, seed) => [`${a.name} − ${b.name}`, seed + 1, 'difference', x, Number(value.toFixed(3))]),
    ),
  );
  return { ...curves, rows: [...curves.rows, ...differences] };
}
