import type { Pen } from './head-pen.ts';
import { boxOf, firstThatFits, type PlacedText, within } from './placed-text.ts';
import { clip, lettersIn } from './text.ts';

/** Another block, or several, while one is unfolded: its name, and where it stands on the same tokens its numbers. */
export interface Folded {
  readonly id: string;
  readonly title: string;
  /** The numbers after it, row-major [token, width], scaled to about −1 … 1. */
  readonly state?: { readonly values: ArrayLike<number>; readonly width: number } | undefined;
  /** What it says at its places: `toad 14 %`. */
  readonly answers?: readonly { readonly place: number; readonly text: string }[] | undefined;
}
export interface FoldedBand {
  readonly folded: Folded;
  readonly y: number;
  readonly height: number;
  /** Where it is pointed at, its name and its numbers together. */
  readonly target: { readonly y: number; readonly height: number };
}

/** The largest number becomes 1. */
export function inScale(values: ArrayLike<number>): Float32Array {
  let largest = 1e-9;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return Float32Array.from(values, (value) => value / largest);
}

/** Thin bands from `y` on, each with its name beside it; in a narrow picture above it. */
export function foldBands(folded: readonly Folded[], { unit, type, axis, isNarrow, left, right }: Pen, y: number) {
  const labels: PlacedText[] = [];
  const line = (isNarrow ? 26 : 15) * unit;
  const bands = folded.map((one, i): FoldedBand => {
    const top = y + i * line;
    const word = top + (isNarrow ? 11 : 10) * unit;
    const room = (isNarrow ? right : left - 8 * unit) - 12 * unit;
    const title = clip(one.title, lettersIn(room, type, 'label'));
    labels.push({ x: 1, y: word, text: `▸ ${title}`, size: type, colour: 'inkSoft' });
    const placed: PlacedText[] = isNarrow ? [labels.at(-1)!] : [];
    for (const { place, text } of one.answers ?? []) {
      const column = axis.columns[place];
      if (!column) continue;
      const own = { x: column.x + column.width / 2, y: word, text, size: type, anchor: 'middle', bold: true } as const;
      const way = firstThatFits([within(own, left, right)], placed.map(boxOf), 8);
      if (way) placed.push(way);
    }
    labels.push(...(isNarrow ? placed.slice(1) : placed));
    const target = { y: top - unit, height: line - unit };
    return { folded: one, y: isNarrow ? top + 15 * unit : top + unit, height: 9 * unit, target };
  });
  return { bands, labels, bottom: y + folded.length * line + (folded.length > 0 ? 3 * unit : 0) };
}
