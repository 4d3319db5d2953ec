import type { Chip } from './chips.ts';
import { type Axis, layoutAxis } from './model-axis.ts';
import { boxOf, firstThatFits, type PlacedText, textWidth } from './placed-text.ts';

/** Where one of the steps of a head stands: its number and name, and from where to where its marks reach. */
export interface Section {
  readonly number: number;
  readonly title: string;
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/** What the steps of an unfolded head are drawn with, one below the other. */
export interface Pen {
  readonly unit: number;
  readonly type: number;
  /** Whether the names of the steps have lines of their own instead of a gutter. */
  readonly isNarrow: boolean;
  readonly left: number;
  readonly right: number;
  readonly axis: Axis;
  readonly labels: PlacedText[];
  readonly sections: Section[];
  /** Begins a step at `y`: its name beside it or on a line of its own, a word or two of what it does below the name. */
  section(y: number, title: string, words: readonly string[], high: number): Section;
  middle(column: number): number;
  barWidth(column: number): number;
  /** Numbers under columns, the first of the order first where there is no room for all. */
  numbersAt(
    line: number,
    order: readonly number[],
    waysOf: (column: number) => readonly string[],
    bold?: (column: number) => boolean,
  ): void;
  /** The first of several ways to say something that there is room for, from `x` on. */
  say(x: number, line: number, ways: readonly string[]): void;
}

const round = (x: number): number => Math.round(x * 10) / 10;
export const bar = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)},${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;

export function createPen(chips: readonly Chip[], width: number, size: number): Pen {
  const type = Math.max(12, size);
  const unit = type / 12;
  const isNarrow = width < 520 * unit;
  const left = isNarrow ? 1 : 148 * unit;
  const right = width - 1;
  const axis = layoutAxis([chips], left, right - left, type);
  const labels: PlacedText[] = [];
  const sections: Section[] = [];
  const middle = (j: number) => axis.columns[j]!.x + axis.columns[j]!.width / 2;
  return {
    unit,
    type,
    isNarrow,
    left,
    right,
    axis,
    labels,
    sections,
    section(y, title, words, high) {
      const from = isNarrow ? y + 22 * unit : y;
      const at = { number: sections.length + 1, title, y: y + 12 * unit, from, to: from + high };
      sections.push(at);
      labels.push({ x: 24 * unit, y: at.y, text: title, size: type, bold: true });
      const soft = { size: type, colour: 'inkSoft' } as const;
      if (isNarrow) {
        const beside = { ...soft, x: 32 * unit + textWidth(labels.at(-1)!), y: at.y, text: words.join(' ') };
        if (beside.x + textWidth(beside) <= right) labels.push(beside);
      } else labels.push(...words.map((text, i) => ({ ...soft, x: 1, y: at.y + (15 + 14 * i) * unit, text })));
      return at;
    },
    middle,
    barWidth: (j) => Math.min(36 * unit, axis.columns[j]!.width * 0.72),
    numbersAt(line, order, waysOf, bold = () => false) {
      const placed: PlacedText[] = [];
      for (const j of order) {
        const label = { x: middle(j), y: line, size: type, anchor: 'middle', bold: bold(j) } as const;
        const ways = waysOf(j).map((text) => ({ ...label, text }));
        const inside = ways.filter((way) => boxOf(way).x >= left - 1 && boxOf(way).x + boxOf(way).width <= right + 1);
        const way = firstThatFits(inside, placed.map(boxOf), 3);
        if (way) placed.push(way);
      }
      labels.push(...placed);
    },
    say(x, y, ways) {
      const all = ways.map((text) => ({ x, y, text, size: type }));
      const way = all.find((one) => x + textWidth(one) <= right);
      if (way) labels.push(way);
    },
  };
}
