import type { Chip } from './chips.ts';
import { componentOf, type HeadNumbers, signed, summandsOf, weightedSum } from './head-inside.ts';
import { levelOf, levels } from './heads.ts';
import { type Axis, layoutAxis } from './model-axis.ts';
import { boxOf, firstThatFits, type PlacedText, textWidth } from './placed-text.ts';
import { numericScale } from './scales.ts';
import { half, stepOf } from './strips.ts';
import { percent } from './table.ts';
import { clip } from './text.ts';

/** Where one of the four steps stands: its number and name, and from where to where its marks reach. */
export interface Section {
  readonly number: number;
  readonly title: string;
  readonly y: number;
  readonly from: number;
  readonly to: number;
}
export interface HeadLayout {
  readonly height: number;
  readonly unit: number;
  readonly type: number;
  readonly chips: readonly Chip[];
  readonly axis: Axis;
  /** Top of the chips. */
  readonly row: number;
  readonly sections: readonly Section[];
  readonly labels: readonly PlacedText[];
  /** Bars of scores up and down from `zero`; those that the mask takes away are outlines. */
  readonly scores: { readonly zero: number; readonly up: string; readonly down: string; readonly masked: string };
  /** Boxes of the mask. */
  readonly mask: { readonly open: string; readonly shut: string };
  /** Bars of shares, for each step of the sequential scale. */
  readonly shares: readonly string[];
  /** The cells of the sum, for each step of the diverging scale. */
  readonly cells: readonly string[];
  readonly table: {
    readonly x: number;
    readonly top: number;
    readonly bottom: number;
    /** Width of a cell. */
    readonly cell: number;
    readonly chosen: number;
    /** The line above the sum. */
    readonly rule: number;
    readonly left: number;
  };
}

const round = (x: number): number => Math.round(x * 10) / 10;
const bar = (x: number, y: number, width: number, height: number): string =>
  `M${round(x)},${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;

export function layoutHead(head: HeadNumbers, width: number, size: number, component?: number): HeadLayout {
  const { tokens, query, mask, numbers } = head;
  const type = Math.max(12, size);
  const unit = type / 12;
  const isNarrow = width < 520 * unit;
  const left = isNarrow ? 1 : 148 * unit;
  const right = width - 1;
  const chips = tokens.map((token): Chip => ({ token, special: token.startsWith('[') && token !== '[MASK]' }));
  const axis = layoutAxis([chips], left, right - left, type);
  const labels: PlacedText[] = [];
  const sections: Section[] = [];
  let y = axis.above + 2 * unit;
  const row = y;
  y += axis.chip + 10 * unit;

  /** Begins a step: its name beside it or on a line of its own, a word or two of what it does below the name. */
  const section = (title: string, words: readonly string[], high: number): Section => {
    const number = sections.length + 1;
    const from = isNarrow ? y + 22 * unit : y;
    const at = { number, title, y: y + 12 * unit, from, to: from + high };
    sections.push(at);
    labels.push({ x: 24 * unit, y: at.y, text: title, size: type, bold: true });
    const soft = { size: type, colour: 'inkSoft' } as const;
    if (isNarrow) {
      const beside = { ...soft, x: 32 * unit + textWidth(labels.at(-1)!), y: at.y, text: words.join(' ') };
      if (beside.x + textWidth(beside) <= right) labels.push(beside);
    } else labels.push(...words.map((text, i) => ({ ...soft, x: 1, y: at.y + (15 + 14 * i) * unit, text })));
    y = at.to;
    return at;
  };
  const middle = (j: number) => axis.columns[j]!.x + axis.columns[j]!.width / 2;
  const barWidth = (j: number) => Math.min(36 * unit, axis.columns[j]!.width * 0.72);
  /** Numbers under columns, larger ones first where there is no room for all. */
  const numbersAt = (
    line: number,
    order: readonly number[],
    waysOf: (j: number) => readonly string[],
    bold: (j: number) => boolean,
  ) => {
    const placed: PlacedText[] = [];
    for (const j of order) {
      const label = { x: middle(j), y: line, size: type, anchor: 'middle', bold: bold(j) } as const;
      const ways = waysOf(j).map((text) => ({ ...label, text }));
      const inside = ways.filter((way) => boxOf(way).x >= left - 1 && boxOf(way).x + boxOf(way).width <= right + 1);
      const way = firstThatFits(inside, placed.map(boxOf), 3);
      if (way) placed.push(way);
    }
    labels.push(...placed);
  };
  const byShare = [...tokens.keys()].sort((a, b) => (head.shares[b] ?? 0) - (head.shares[a] ?? 0) || a - b);
  const isTop = (j: number) => (head.shares[j] ?? 0) >= 0.1;

  const score = section('score', ['how well each', 'key fits the query'], 64 * unit);
  const known = tokens.map((_, j) => head.scores[j] ?? 0);
  const extent = [Math.min(0, ...known), Math.max(1e-6, ...known)] as const;
  const up = numericScale(false, extent, [score.to, score.from]);
  const zero = up(0);
  const scores = { zero, up: '', down: '', masked: '' };
  known.forEach((value, j) => {
    const kind = mask[j] ? (value < 0 ? 'down' : 'up') : 'masked';
    scores[kind] += bar(
      middle(j) - barWidth(j) / 2,
      Math.min(zero, up(value)),
      barWidth(j),
      Math.max(0.5, Math.abs(up(value) - zero)),
    );
  });
  y += 15 * unit;
  numbersAt(y - 2 * unit, byShare, (j) => [signed(known[j]!, 1)], isTop);
  y += 10 * unit;

  const blocked = mask.filter((may) => !may).length;
  const forbids = blocked === 0 ? ['forbids nothing'] : [`forbids ${blocked} of ${tokens.length}`];
  const masking = section('mask', forbids, 18 * unit);
  const boxes = { open: '', shut: '' };
  tokens.forEach((_, j) => {
    const { x, width: wide } = axis.columns[j]!;
    boxes[mask[j] ? 'open' : 'shut'] += bar(x + 1, masking.from, wide - 2, 18 * unit);
  });
  numbersAt(
    masking.from + 13 * unit,
    [...tokens.keys()],
    (j) => (mask[j] ? ['0'] : ['−∞']),
    () => false,
  );
  y = Math.max(y, isNarrow ? y : masking.y + 18 * unit) + 10 * unit;

  const softmax = section('softmax', ['shares of what it sees,', 'together 100 %'], 60 * unit);
  const shares: string[] = Array.from({ length: levels }, () => '');
  tokens.forEach((_, j) => {
    const share = head.shares[j] ?? 0;
    const high = Math.max(0.5, 60 * unit * share);
    if (mask[j]) shares[levelOf(share)] += bar(middle(j) - barWidth(j) / 2, softmax.to - high, barWidth(j), high);
  });
  y += 15 * unit;
  const shareText = (share: number) =>
    // What would be rounded to none says nothing, so that a 0 is a 0.
    share > 0 && share < 0.005 ? [] : [percent(share), `${Math.round(share * 100)}`];
  numbersAt(y - 2 * unit, byShare, (j) => shareText(head.shares[j] ?? 0), isTop);
  y += 12 * unit;

  const summands = summandsOf(head);
  const sums = weightedSum(head);
  const chosen = componentOf(head, component);
  section('weighted sum', ['share × value,', 'the values in colour'], 0);
  const written = isNarrow ? 0 : 108 * unit;
  const tokenRoom = (isNarrow ? 72 : 110) * unit;
  const shareEnd = left + tokenRoom + 50 * unit;
  const x = shareEnd + 10 * unit;
  const cell = Math.min(18 * unit, (right - written - 60 * unit - x) / Math.max(1, numbers));
  const line = 23 * unit;
  const top = y + (isNarrow ? 16 : 18) * unit;
  const cells: string[] = Array.from({ length: 2 * half + 1 }, () => '');
  const largest = Math.max(1e-9, ...summands.flatMap(({ value }) => value.map(Math.abs)));
  const draw = (values: readonly number[], at: number) => {
    values.forEach((value, c) => {
      cells[stepOf(value / largest)] += bar(x + c * cell, at, cell - (cell > 5 ? 1.5 : 0), 17 * unit);
    });
  };
  const base = { size: type } as const;
  summands.forEach(({ key, keys, share, value }, i) => {
    const at = top + i * line;
    const word = at + 12.5 * unit;
    const name =
      key === undefined
        ? isNarrow
          ? `${keys} others`
          : `${keys} others, mean`
        : isNarrow
          ? clip(tokens[key]!, 9)
          : `${clip(tokens[key]!, 9)} ${key}`;
    labels.push(
      {
        ...base,
        x: left,
        y: word,
        text: name,
        mono: key !== undefined,
        colour: key === undefined ? 'inkSoft' : undefined,
      },
      { ...base, x: shareEnd, y: word, text: `× ${percent(share)}`, anchor: 'end', bold: i === 0 },
      { ...base, x: right, y: word, text: signed(share * value[chosen]!, 3), anchor: 'end' },
    );
    const product = `${share.toFixed(4)} × ${signed(value[chosen]!, 3)}`;
    if (!isNarrow)
      labels.push({ ...base, x: right - 60 * unit, y: word, text: product, anchor: 'end', colour: 'inkSoft' });
    draw(value, at);
  });
  const rule = top + summands.length * line;
  const last = rule + 6 * unit;
  draw(sums, last);
  const word = last + 12.5 * unit;
  labels.push(
    {
      ...base,
      x: left,
      y: word,
      text: clip(isNarrow ? 'the sum' : `what ${tokens[query]} ${query} gathers`, 24),
      bold: true,
    },
    { ...base, x: right, y: word, text: signed(sums[chosen] ?? 0, 3), anchor: 'end', bold: true },
  );
  if (!isNarrow)
    labels.push({
      ...base,
      x: right - 60 * unit,
      y: word,
      text: `number ${chosen + 1} of ${numbers}`,
      anchor: 'end',
      colour: 'inkSoft',
    });
  const over = `number ${chosen + 1}`;
  const wide = textWidth({ text: over, size: type, bold: true });
  const centre = Math.max(x + wide / 2, Math.min(x + (chosen + 0.5) * cell, right - wide / 2));
  labels.push({ ...base, x: centre, y: top - 7 * unit, text: over, anchor: 'middle', bold: true, colour: 'focus' });
  const bottom = last + 17 * unit;
  return {
    height: Math.ceil(bottom + 6 * unit),
    unit,
    type,
    chips,
    axis,
    row,
    sections,
    labels,
    scores,
    mask: boxes,
    shares,
    cells,
    table: { x, top, bottom, cell, chosen, rule: rule + unit, left },
  };
}
