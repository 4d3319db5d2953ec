import { layoutChips } from './chip-layout.ts';
import type { Chip } from './chips.ts';
import { counted, percent, type Table } from './table.ts';

/** A token and how sure a model is of what it says about it. */
export interface BarToken extends Chip {
  /** 0 … 1; absent: nothing is said of it. */
  readonly share?: number;
  /** What is right. */
  readonly isRight?: boolean;
}

/** What the bars of a row say: `is replaced`, `this token`. */
export interface BarWords {
  /** What a full bar means. */
  readonly yes: string;
}

/** One sentence that is true of the row. */
export function describeTokenBars(tokens: readonly BarToken[], { yes }: BarWords): string {
  const asked = tokens.filter(({ share }) => share !== undefined);
  const right = asked.filter(({ isRight }) => isRight).length;
  const sure = [...asked].sort((a, b) => b.share! - a.share!).slice(0, 3);
  const named = sure.map(({ token, share }) => `${token} ${percent(share!)}`).join(', ');
  return `${counted(asked.length, 'token')}, the bar: ${yes}. Highest: ${named}. Right for ${right} of ${asked.length}.`;
}

export const tabulateTokenBars = (tokens: readonly BarToken[], { yes }: BarWords): Table => ({
  columns: ['Position', 'Token', 'Original', yes, 'Right'],
  rows: tokens.map(({ token, original, share, isRight }, i) => [
    i,
    token,
    original ?? '',
    share === undefined ? '' : percent(share),
    share === undefined ? '' : isRight ? 'yes' : 'no',
  ]),
});

/** Smallest type that is read with ease, in CSS pixels. */
const smallest = 12;
/** Between a box and its bar. */
const gap = 2;

/** Rows of chips with room below each for its bar, which holds its percentage. */
function rowsOfBars(tokens: readonly BarToken[], width: number, size: number) {
  const plain = layoutChips(
    tokens.map(({ scored: _, ...chip }) => chip),
    width,
    size,
  );
  const number = Math.max(smallest, size * 0.78);
  const bar = number * 1.1;
  const below = bar + gap;
  const rows = (plain.placed.at(-1)?.row ?? 0) + 1;
  const placed = plain.placed.map((at) => ({
    ...at,
    y: at.y + at.row * below,
    bar: at.y + at.row * below + plain.box + gap,
  }));
  // Nothing follows the last row.
  return { ...plain, placed, size, number, bar, height: plain.height + rows * below - size * 0.5 + 1 };
}

/** The rows in type of `size`, or smaller where they would be higher than `room`; both in CSS pixels. */
export function layoutTokenBars(
  tokens: readonly BarToken[],
  width: number,
  size: number,
  room = Number.POSITIVE_INFINITY,
) {
  let layout = rowsOfBars(tokens, width, size);
  while (layout.height > room && layout.size > smallest)
    layout = rowsOfBars(tokens, width, Math.max(smallest, layout.size - 0.5));
  return layout;
}
