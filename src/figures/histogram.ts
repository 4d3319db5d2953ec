import { counted, listed, percent, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** One bar: how often something came, and how often it should. */
export interface Bar {
  readonly label: string;
  readonly count: number;
  /** The law's share, 0 … 1. */
  readonly law?: number;
}
export interface Tally {
  readonly bars: readonly Bar[];
  /** What is counted: `run`. */
  readonly unit: string;
  /** What the labels are: `words in a run`. */
  readonly across: string;
  /** What the lines over the bars are, where they are not the law that something is drawn by. */
  readonly lawName?: string;
}

const totalOf = ({ bars }: Tally): number => bars.reduce((sum, { count }) => sum + count, 0);
const shareOf = (tally: Tally, { count }: Bar): number => count / Math.max(1, totalOf(tally));

/** One sentence that is true of the bars. */
export function describeTally(tally: Tally): string {
  const each = tally.bars.map((bar) => {
    const law = bar.law === undefined ? '' : ` (law ${percent(bar.law)})`;
    return `${bar.label}: ${percent(shareOf(tally, bar))}${law}`;
  });
  return `${counted(totalOf(tally), tally.unit)} by ${tally.across}. ${listed(each)}.`;
}

export const tabulateTally = (tally: Tally): Table => ({
  columns: [tally.across, 'Counted', 'Share', 'Law'],
  rows: tally.bars.map((bar) => [
    bar.label,
    bar.count,
    percent(shareOf(tally, bar)),
    bar.law === undefined ? '' : percent(bar.law),
  ]),
});

export interface TallyLayout {
  readonly bars: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** Height of the law's line. */
    readonly law?: number;
    readonly text: string;
  }[];
  readonly bottom: number;
  readonly type: number;
  readonly height: number;
}

/** Bars side by side, the tallest of them or of their laws as tall as the plot. */
export function layoutTally(tally: Tally, width: number, size: number, tall = size * 11): TallyLayout {
  const type = Math.max(12, size * 0.9);
  const top = type * 1.8;
  const bottom = top + tall;
  const highest = Math.max(0.01, ...tally.bars.flatMap((bar) => [shareOf(tally, bar), bar.law ?? 0]));
  const slot = Math.min(width / tally.bars.length, size * 12);
  const room = Math.min(slot * 0.62, widthOf(14, type, 'label'));
  return {
    bars: tally.bars.map((bar, i) => {
      const share = shareOf(tally, bar);
      const height = (share / highest) * tall;
      return {
        x: (i + 0.5) * slot - room / 2,
        y: bottom - height,
        width: room,
        height,
        law: bar.law === undefined ? undefined : bottom - (bar.law / highest) * tall,
        text: percent(share),
      };
    }),
    bottom,
    type,
    height: bottom + type * 3.4,
  };
}
