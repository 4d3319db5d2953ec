import { type HeadNumbers, signed, spellScore } from './head-inside.ts';
import { bar, type Pen } from './head-pen.ts';
import { textWidth } from './placed-text.ts';
import { numericScale } from './scales.ts';
import { half, stepOf } from './strips.ts';

/** Bars up and down from `zero`; those that the mask takes away are outlines. */
export interface Bars {
  readonly zero: number;
  readonly up: string;
  readonly down: string;
  readonly masked: string;
}

const scaleOf = (values: readonly number[], from: number, to: number) =>
  numericScale(false, [Math.min(0, ...values), Math.max(1e-6, ...values)], [to, from]);

function barsOf(
  values: ArrayLike<number>,
  { mask }: HeadNumbers,
  pen: Pen,
  scale: ReturnType<typeof scaleOf>,
  isTerm: boolean,
): Bars {
  const zero = scale(0);
  const bars = { zero, up: '', down: '', masked: '' };
  mask.forEach((may, j) => {
    const value = values[j] ?? 0;
    const kind = may || isTerm ? (value < 0 ? 'down' : 'up') : 'masked';
    const wide = pen.barWidth(j);
    const top = Math.min(zero, scale(value));
    bars[kind] += bar(pen.middle(j) - wide / 2, top, wide, Math.max(0.5, Math.abs(scale(value) - zero)));
  });
  return bars;
}

/** The query's numbers side by side, for each step of the diverging scale. */
export function queryCells(numbers: ArrayLike<number>, x: number, y: number, width: number, height: number) {
  const all = Array.from(numbers);
  const largest = Math.max(1e-9, ...all.map(Math.abs));
  const cells: string[] = Array.from({ length: 2 * half + 1 }, () => '');
  const cell = width / Math.max(1, all.length);
  all.forEach((value, c) => {
    cells[stepOf(value / largest)] += bar(x + c * cell, y, cell, height);
  });
  return cells;
}

/** The scores from `y` on: of sums their terms first, on one scale, then bars and numbers, then one spelled out. */
export function layoutScores(head: HeadNumbers, pen: Pen, y: number, order: readonly number[], spelled: number) {
  const { unit, type, labels, isNarrow, left } = pen;
  const { tokens, terms = [], asked, shares } = head;
  const summed = terms.length > 1 ? terms : [];
  const words = summed.length > 0 ? [] : ['how well each key', 'fits the query:'];
  const rowHigh = 28 * unit;
  // The name of a term stands beside that of the step, or below it where there is no room for both.
  const names = 32 * unit + textWidth({ text: `score${summed[0]?.title ?? ''}`, size: type, bold: true });
  const shift = !isNarrow && summed.length > 0 && names > left - 8 * unit ? 15 * unit : 0;
  const section = pen.section(y, 'score', words, 64 * unit + shift + summed.length * rowHigh);
  let at = section.from + shift;
  const scores = tokens.map((_, j) => head.scores[j] ?? 0);
  // Before a model has learned anything all of them are small.
  const digits = Math.max(...scores.map(Math.abs)) < 1 ? 2 : 1;
  const every = summed.flatMap(({ values }) => Array.from(values));
  const rows = summed.map(({ title, values }) => {
    const scale = scaleOf(every, at, at + 13 * unit);
    const drawn = barsOf(values, head, pen, scale, true);
    const name = { text: title, size: type, colour: 'inkSoft' } as const;
    if (!isNarrow) labels.push({ ...name, x: left - 8 * unit, y: at + 11 * unit, anchor: 'end' });
    pen.numbersAt(at + 24 * unit, order, (j) => [signed(values[j] ?? 0, digits)]);
    at += rowHigh;
    return drawn;
  });
  if (rows.length > 0 && !isNarrow)
    labels.push({
      text: 'their sum',
      size: type,
      colour: 'inkSoft',
      x: left - 8 * unit,
      y: at + 34 * unit,
      anchor: 'end',
    });
  const bars = barsOf(scores, head, pen, scaleOf(scores, at + 2 * unit, section.to), false);
  const isTop = (j: number) => (shares[j] ?? 0) >= 0.1;
  pen.numbersAt(section.to + 13 * unit, order, (j) => [signed(scores[j]!, digits)], isTop);
  pen.say(left, section.to + 28 * unit, spellScore(head, spelled));
  // The query stands below what is said of the keys.
  const below = section.y + shift + (summed.length === 0 ? 38 : 45) * unit + summed.length * rowHigh;
  const isShown = !isNarrow && asked !== undefined;
  if (isShown && summed.length > 0)
    labels.push({ text: head.isKernel ? 'query ∘ key:' : 'query:', size: type, colour: 'inkSoft', x: 1, y: below });
  const query = isShown ? queryCells(asked, 1, below + 5 * unit, left - 26 * unit, 10 * unit) : undefined;
  return { section, bars, terms: rows, query, bottom: section.to + 34 * unit };
}
