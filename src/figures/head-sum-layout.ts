import { componentOf, type HeadNumbers, signed, summandsOf, weightedSum } from './head-inside.ts';
import { bar, type Pen } from './head-pen.ts';
import { textWidth } from './placed-text.ts';
import { half, stepOf } from './strips.ts';
import { percent } from './table.ts';
import { clip } from './text.ts';

/** Where the cells of the values stand that are added up. */
export interface SumTable {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  /** Width of a cell. */
  readonly cell: number;
  readonly chosen: number;
  /** The line above the sum. */
  readonly rule: number;
  readonly left: number;
}

/** The weighted sum from `y` on: a line a key, then what they come to; its cells by step of the diverging scale. */
export function layoutSum(
  head: HeadNumbers,
  pen: Pen,
  y: number,
  component: number | undefined,
): { readonly cells: readonly string[]; readonly table: SumTable } {
  const { unit, type, isNarrow, left, right, labels } = pen;
  const { tokens, query, asker = tokens[query], numbers, first = 0 } = head;
  const summands = summandsOf(head);
  const sums = weightedSum(head);
  const chosen = componentOf(head, component);
  const written = isNarrow ? 0 : 108 * unit;
  const tokenRoom = (isNarrow ? 72 : 110) * unit;
  const shareEnd = left + tokenRoom + 50 * unit;
  const x = shareEnd + 10 * unit;
  const cell = Math.min(18 * unit, (right - written - 60 * unit - x) / Math.max(1, numbers));
  const line = 23 * unit;
  const top = y + 16 * unit;
  const cells: string[] = Array.from({ length: 2 * half + 1 }, () => '');
  const largest = Math.max(1e-9, ...summands.flatMap(({ value }) => value.map(Math.abs)));
  const draw = (values: readonly number[], at: number) => {
    values.forEach((value, c) => {
      cells[stepOf(value / largest)] += bar(x + c * cell, at, cell - (cell > 5 ? 1.5 : 0), 17 * unit);
    });
  };
  const base = { size: type } as const;
  const soft = { ...base, anchor: 'end', colour: 'inkSoft' } as const;
  summands.forEach(({ key, keys, share, value }, i) => {
    const at = top + i * line;
    const word = at + 12.5 * unit;
    const others = isNarrow ? `${keys} others` : `${keys} others, mean`;
    const own = key === undefined ? undefined : `${clip(tokens[key]!, 9)}${isNarrow ? '' : ` ${key + first}`}`;
    labels.push(
      { ...base, x: left, y: word, text: own ?? others, mono: own !== undefined, colour: own ? undefined : 'inkSoft' },
      { ...base, x: shareEnd, y: word, text: `× ${percent(share)}`, anchor: 'end', bold: i === 0 },
      { ...base, x: right, y: word, text: signed(share * value[chosen]!, 3), anchor: 'end' },
    );
    const product = `${share.toFixed(4)} × ${signed(value[chosen]!, 3)}`;
    if (!isNarrow) labels.push({ ...soft, x: right - 60 * unit, y: word, text: product });
    draw(value, at);
  });
  const rule = top + summands.length * line;
  const last = rule + 6 * unit;
  draw(sums, last);
  const word = last + 12.5 * unit;
  const gathers = clip(isNarrow ? 'the sum' : `what ${asker} ${query + first} gathers`, 24);
  labels.push(
    { ...base, x: left, y: word, text: gathers, bold: true },
    { ...base, x: right, y: word, text: signed(sums[chosen] ?? 0, 3), anchor: 'end', bold: true },
  );
  if (!isNarrow) labels.push({ ...soft, x: right - 60 * unit, y: word, text: `number ${chosen + 1} of ${numbers}` });
  const over = `number ${chosen + 1}`;
  const wide = textWidth({ text: over, size: type, bold: true });
  const centre = Math.max(x + wide / 2, Math.min(x + (chosen + 0.5) * cell, right - wide / 2));
  labels.push({ ...base, x: centre, y: top - 7 * unit, text: over, anchor: 'middle', bold: true, colour: 'focus' });
  const bottom = last + 17 * unit;
  return { cells, table: { x, top, bottom, cell, chosen, rule: rule + unit, left } };
}
