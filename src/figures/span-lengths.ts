import { numericScale, type Tick, ticksOf } from './scales.ts';
import { counted, percent, type Table } from './table.ts';

/** How often each length was drawn, from 0 on, and how often the law expects it. */
export interface SpanLengthCounts {
  readonly counts: readonly number[];
  /** P(length), as far as it is drawn. */
  readonly law: readonly number[];
}

const totalOf = ({ counts }: SpanLengthCounts): number => counts.reduce((sum, count) => sum + count, 0);

/** Lengths that are shown: the last ones of the law are too rare to be seen. */
const shownFrom = ({ counts, law }: SpanLengthCounts): number => {
  const seen = counts.findLastIndex((count) => count > 0);
  return (
    Math.max(
      seen,
      law.findLastIndex((share) => share > 0.004),
    ) + 1
  );
};

export const meanLength = ({ counts }: Pick<SpanLengthCounts, 'counts'>): number =>
  counts.reduce((sum, count, length) => sum + count * length, 0) /
  Math.max(
    1,
    counts.reduce((sum, n) => sum + n, 0),
  );

/** One sentence that is true of the picture. */
export function describeSpanLengths(drawn: SpanLengthCounts): string {
  const total = totalOf(drawn);
  if (total === 0) return 'No length is drawn yet; only the law is shown.';
  return `${counted(total, 'length')}, ${meanLength(drawn).toFixed(2)} words on average; ${drawn.counts[0] ?? 0} of them 0, where the law expects ${(total * (drawn.law[0] ?? 0)).toFixed(1)}.`;
}

export const tabulateSpanLengths = (drawn: SpanLengthCounts): Table => ({
  columns: ['Length in words', 'Drawn', 'Share', 'The law'],
  rows: Array.from({ length: shownFrom(drawn) }, (_, length) => {
    const count = drawn.counts[length] ?? 0;
    return [length, count, percent(count / Math.max(1, totalOf(drawn))), percent(drawn.law[length] ?? 0)];
  }),
});

export interface SpanLengthsLayout {
  readonly bars: readonly {
    readonly length: number;
    readonly x: number;
    readonly y: number;
    /** Where the law has the top of the bar. */
    readonly law: number;
    readonly count: number;
  }[];
  readonly bar: number;
  readonly yTicks: readonly Tick[];
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly label: number;
  readonly height: number;
}

export function layoutSpanLengths(drawn: SpanLengthCounts, width: number, size: number): SpanLengthsLayout {
  const label = Math.max(12, size);
  const height = Math.min(width * 0.7, label * 22);
  const plot = { left: label * 3, right: width - 2, top: label * 2.2, bottom: height - label * 3.4 };
  const total = Math.max(1, totalOf(drawn));
  const shown = shownFrom(drawn);
  const shares = Array.from({ length: shown }, (_, length) => (drawn.counts[length] ?? 0) / total);
  const most = Math.max(0.05, ...shares, ...drawn.law);
  const y = numericScale(false, [0, most * 1.08], [plot.bottom, plot.top]);
  const column = (plot.right - plot.left) / Math.max(1, shown);
  return {
    bars: shares.map((share, length) => ({
      length,
      x: plot.left + (length + 0.5) * column,
      y: y(share),
      law: y(drawn.law[length] ?? 0),
      count: drawn.counts[length] ?? 0,
    })),
    bar: column * 0.66,
    yTicks: ticksOf(y, 4, label * 1.8, percent),
    plot,
    label,
    height,
  };
}
