import type { Table } from './table.ts';
import { lettersIn, widthOf } from './text.ts';

/** A bar with its name and what is written behind it. */
export interface NamedBar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
}

/** What the bars measure: `asked for, for the arithmetic of holes`. */
export interface Bars {
  readonly bars: readonly NamedBar[];
  readonly measure: string;
}

/** One sentence that is true of the bars. */
export const describeBars = ({ bars, measure }: Bars): string =>
  `${measure}: ${bars.map(({ name, text }) => `${name} ${text}`).join('; ')}.`;

export const tabulateBars = ({ bars, measure }: Bars): Table => ({
  columns: ['', measure],
  rows: bars.map(({ name, text }) => [name, text]),
});

export interface BarsLayout {
  readonly bars: readonly { readonly y: number; readonly length: number }[];
  readonly left: number;
  /** Whether a name stands above its bar. */
  readonly narrow: boolean;
  /** Whether what is written stands below its bar, as nothing of the bar would be left beside it. */
  readonly under: boolean;
  readonly thick: number;
  readonly letters: number;
  readonly height: number;
}

/** Bars from nought, the longest as long as there is room beside what is written behind it. */
export function layoutBars({ bars }: Bars, width: number, size: number): BarsLayout {
  const narrow = width < 480;
  const longest = Math.max(1, ...bars.map(({ name }) => name.length));
  const left = narrow ? 0 : Math.min(width * 0.4, widthOf(longest, size, 'label') + size);
  const behind = Math.max(0, ...bars.map(({ text }) => text.length));
  const beside = width - left - widthOf(behind, size, 'label') - size;
  const under = narrow && beside < width * 0.4;
  const room = under ? width : Math.max(20, beside);
  const most = Math.max(1e-9, ...bars.map(({ value }) => value));
  const line = size * (under ? 4.6 : narrow ? 3.4 : 2.6);
  return {
    bars: bars.map(({ value }, i) => ({
      y: i * line + (narrow ? size * 1.5 : size * 0.5),
      length: Math.max(1, (value / most) * room),
    })),
    left,
    narrow,
    under,
    thick: size * (under ? 1.1 : 1.6),
    letters: lettersIn(narrow ? width : left, size, 'text'),
    height: bars.length * line + size * 0.4,
  };
}
