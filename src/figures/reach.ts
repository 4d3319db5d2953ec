import { curveOf } from './leak.ts';
import { counted, listed, type Table } from './table.ts';
import { widthOf } from './text.ts';

/**
 * How a state takes part in an answer: a gradient comes to it; it is kept and read as it is, so that only the reading
 * is learned; or it is reached through such a one alone, and nothing about it is learned.
 */
export const manners = ['gradient', 'read', 'relay'] as const;
export type Manner = (typeof manners)[number];

/** From one place on top down to the input: who can be reached. */
export interface Reach {
  /** Row 0 is the input, the last one is that of the answer; a place that is not reached is undefined. */
  readonly rows: readonly (readonly (Manner | undefined)[])[];
  /** Looks that carry something, by the row that is looked at. */
  readonly looks?: readonly (readonly (readonly [from: number, to: number])[])[];
  /** What a column is: `token`, `block`. */
  readonly noun: string;
  /** Columns at which another segment begins, and where it may be called so. */
  readonly borders?: readonly number[];
  /** The place that is asked for, pointed out in the input. */
  readonly target?: number;
}

export const mannerNames: Readonly<Record<Manner, string>> = {
  gradient: 'learns: the gradient comes here',
  read: 'kept: read, and how to read it is learned',
  relay: 'by relay alone: nothing is learned about it',
};
/** Where nothing is kept there is one manner only. */
const reachedName = 'can be reached';

const rowTitle = (row: number, top: number): string =>
  row === 0 ? 'input' : row === top ? `answer, after layer ${row}` : `after layer ${row}`;

export const tally = (row: Reach['rows'][number]): Readonly<Record<Manner, number>> => ({
  gradient: row.filter((one) => one === 'gradient').length,
  read: row.filter((one) => one === 'read').length,
  relay: row.filter((one) => one === 'relay').length,
});
export const countIn = (row: Reach['rows'][number]): number => row.filter((one) => one !== undefined).length;

/** The manners that occur, each with its name. */
export function legendOf({ rows }: Reach): readonly { readonly manner: Manner; readonly name: string }[] {
  const found = manners.filter((manner) => rows.some((row) => row.includes(manner)));
  const isPlain = found.every((manner) => manner === 'gradient');
  return found.map((manner) => ({ manner, name: isPlain ? reachedName : mannerNames[manner] }));
}

/** One sentence that is true of the fan. */
export function describeReach(reach: Reach): string {
  const { rows, noun, target } = reach;
  const [input = []] = rows;
  const from = rows.at(-1)!.findIndex((one) => one !== undefined);
  const { relay } = tally(input);
  const layers = counted(rows.length - 1, 'layer');
  const alone = relay > 0 ? `, ${relay} of them by relay alone` : '';
  const found = target === undefined ? '' : ` ${noun} ${target} is ${input[target] ? '' : 'not '}among them.`;
  return `From ${noun} ${from} through ${layers} ${counted(countIn(input), noun)} can be reached${alone}.${found}`;
}

export function tabulateReach({ rows, noun }: Reach): Table {
  const top = rows.length - 1;
  return {
    columns: ['Row', `${noun}s reached`, 'Which', 'With gradient', 'Kept and read', 'By relay alone'],
    rows: rows.map((row, l) => {
      const { gradient, read, relay } = tally(row);
      const spans = runsOf(row, (one) => one !== undefined);
      const which = listed(spans.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)));
      return [rowTitle(l, top), countIn(row), which, gradient, read, relay];
    }),
  };
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Runs of neighbours that are alike. */
export function runsOf<T>(row: readonly T[], isIn: (one: T) => boolean): readonly Run[] {
  const runs: { from: number; to: number }[] = [];
  row.forEach((one, i) => {
    if (!isIn(one)) return;
    const last = runs.at(-1);
    if (last && last.to === i - 1) last.to = i;
    else runs.push({ from: i, to: i });
  });
  return runs;
}

export interface ReachLayout {
  readonly type: number;
  readonly left: number;
  readonly cell: number;
  readonly box: number;
  /** Top of each row, the input lowest. */
  readonly tops: readonly number[];
  readonly titles: readonly string[];
  readonly bars: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly manner: Manner;
  }[];
  /** Lines that lead from a row to the one below it. */
  readonly curves: readonly string[];
  readonly legendAt: number;
  readonly height: number;
}

/** Few columns have a look each as a line; of many, only the outermost ones of a row. */
export function layoutReach(reach: Reach, width: number, size: number): ReachLayout {
  const { rows, looks } = reach;
  const type = Math.max(12, size * 0.85);
  const top = rows.length - 1;
  const titles = rows.map((_, l) => rowTitle(l, top));
  const isNarrow = width < 480;
  const left = isNarrow ? 1 : widthOf(Math.max(...titles.map(({ length }) => length)), type, 'label') + type;
  const columns = rows[0]!.length;
  const cell = (width - left - 2) / columns;
  const box = Math.max(10, Math.min(size * 1.6, cell));
  const stride = box + size * (isNarrow ? 3.4 : 2.8);
  const begin = isNarrow ? type * 1.5 : 4;
  const tops = rows.map((_, l) => begin + (top - l) * stride);
  const bars = rows.flatMap((row, l) =>
    manners.flatMap((manner) =>
      runsOf(row, (one) => one === manner).map(({ from, to }) => ({
        x: left + from * cell,
        y: tops[l]!,
        width: (to - from + 1) * cell,
        manner,
      })),
    ),
  );
  const middle = (i: number) => left + (i + 0.5) * cell;
  const curves = rows.slice(1).flatMap((row, l) => {
    const said = looks?.[l];
    if (said) return said.map(([from, to]) => curveOf(middle(from), tops[l + 1]! + box, middle(to), tops[l]!));
    const upper = runsOf(row, (one) => one !== undefined);
    const lower = runsOf(rows[l]!, (one) => one !== undefined);
    if (upper.length === 0 || lower.length === 0) return [];
    const edges = [
      [left + upper[0]!.from * cell, left + lower[0]!.from * cell],
      [left + (upper.at(-1)!.to + 1) * cell, left + (lower.at(-1)!.to + 1) * cell],
    ] as const;
    return edges.map(([from, to]) => `M${from},${tops[l + 1]! + box}L${to},${tops[l]}`);
  });
  const legendAt = tops[0]! + box + type * 2.2;
  return {
    type,
    left,
    cell,
    box,
    tops,
    titles,
    bars,
    curves,
    legendAt,
    height: legendAt + legendOf(reach).length * type * 1.5,
  };
}
