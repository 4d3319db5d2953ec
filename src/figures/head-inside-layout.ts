import type { Chip } from './chips.ts';
import { type Folded, type FoldedBand, foldBands, inScale } from './head-folds.ts';
import { type HeadNumbers, spellShare, summandsOf } from './head-inside.ts';
import { bar, createPen, type Section } from './head-pen.ts';
import { type Bars, layoutScores } from './head-score-layout.ts';
import { layoutSum, type SumTable } from './head-sum-layout.ts';
import { levelOf, levels } from './heads.ts';
import { type Axis, placeTruths } from './model-axis.ts';
import type { PlacedText } from './placed-text.ts';
import { percent } from './table.ts';

/** A strip of vectors, one a column. */
export interface VectorStrip {
  readonly at: { readonly y: number; readonly height: number };
  readonly values: ArrayLike<number>;
  readonly width: number;
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
  /** Truths above upright chips: they lie on their side. */
  readonly upright: readonly PlacedText[];
  /** The other blocks, folded. */
  readonly folded: readonly FoldedBand[];
  /** What goes in, the keys and the values. */
  readonly strips: readonly VectorStrip[];
  /** The query's numbers in the gutter, for each step of the diverging scale. */
  readonly asked?: readonly string[] | undefined;
  /** What the scores are the sums of, and the scores. */
  readonly terms: readonly Bars[];
  readonly scores: Bars;
  /** Boxes of the mask. */
  readonly mask: { readonly open: string; readonly shut: string };
  /** Bars of shares, for each step of the sequential scale. */
  readonly shares: readonly string[];
  /** Around the values that have a line of their own in the sum. */
  readonly ringed: string;
  /** The cells of the sum, for each step of the diverging scale. */
  readonly cells: readonly string[];
  readonly table: SumTable;
  /** The key whose numbers are written out. */
  readonly spelled: number;
}

export interface HeadProps {
  readonly head: HeadNumbers;
  /** The keys as they stand in the text; by default their tokens alone. */
  readonly chips?: readonly Chip[] | undefined;
  readonly width: number;
  readonly size: number;
  /** The number of the sum and the key that are written out; by default what is largest. */
  readonly component?: number | undefined;
  readonly key?: number | undefined;
  readonly before?: readonly Folded[];
  readonly after?: readonly Folded[];
}

const plain = (token: string): Chip => ({ token, special: token.startsWith('[') && token !== '[MASK]' });

export function layoutHead(props: HeadProps): HeadLayout {
  const { head, width, size, component, key, before = [], after = [], chips = head.tokens.map(plain) } = props;
  const { tokens, mask } = head;
  const pen = createPen(chips, width, size);
  const { unit, type, axis, isNarrow, left, labels } = pen;
  const order = [...tokens.keys()].sort((a, b) => (head.shares[b] ?? 0) - (head.shares[a] ?? 0) || a - b);
  const spelled = key !== undefined && key < tokens.length ? key : (order[0] ?? 0);
  const row = axis.above + 2 * unit;
  let y = row + axis.chip + axis.below + 4 * unit;
  const above = foldBands(before, pen, y);
  y = above.bottom;

  const strips: VectorStrip[] = [];
  const vectors = (values: ArrayLike<number> | undefined, of: number, name: string): void => {
    if (!values) return;
    strips.push({ at: { y, height: 16 * unit }, values: inScale(values), width: of });
    if (!isNarrow)
      labels.push({ x: left - 8 * unit, y: y + 12 * unit, text: name, size: type, anchor: 'end', colour: 'inkSoft' });
    y += 19 * unit;
  };
  vectors(head.state?.values, head.state?.width ?? 1, 'what goes in');
  vectors(head.narrowed?.values, head.narrowed?.width ?? 1, 'narrowed');
  vectors(head.keys, head.numbers, 'keys');
  y += 3 * unit;

  const score = layoutScores(head, pen, y, order, spelled);
  y = score.bottom + 8 * unit;

  const blocked = mask.filter((may) => !may).length;
  const forbids = blocked === 0 ? 'forbids nothing' : `forbids ${blocked} of ${tokens.length}`;
  const masking = pen.section(y, 'mask', [forbids], 18 * unit);
  const boxes = { open: '', shut: '' };
  tokens.forEach((_, j) => {
    const { x, width: wide } = axis.columns[j]!;
    boxes[mask[j] ? 'open' : 'shut'] += bar(x + 1, masking.from, wide - 2, 18 * unit);
  });
  pen.numbersAt(masking.from + 13 * unit, [...tokens.keys()], (j) => (mask[j] ? ['0'] : ['−∞']));
  y = masking.to + (isNarrow ? 10 : 22) * unit;

  const softmax = pen.section(y, 'softmax', ['shares of what it sees,', 'together 100 %'], 54 * unit);
  const shares: string[] = Array.from({ length: levels }, () => '');
  tokens.forEach((_, j) => {
    const share = head.shares[j] ?? 0;
    const high = Math.max(0.5, 54 * unit * share);
    const wide = pen.barWidth(j);
    if (mask[j]) shares[levelOf(share)] += bar(pen.middle(j) - wide / 2, softmax.to - high, wide, high);
  });
  const shareText = (share: number) =>
    // What would be rounded to none says nothing, so that a 0 is a 0.
    share > 0 && share < 0.005 ? [] : [percent(share), `${Math.round(share * 100)}`];
  const isTop = (j: number) => (head.shares[j] ?? 0) >= 0.1;
  pen.numbersAt(softmax.to + 13 * unit, order, (j) => shareText(head.shares[j] ?? 0), isTop);
  pen.say(left, softmax.to + 28 * unit, spellShare(head, spelled));
  y = softmax.to + 42 * unit;

  const sum = pen.section(y, 'weighted sum', ['share × value,', 'the values in colour'], 0);
  y = sum.from;
  let ringed = '';
  for (const { key: j } of summandsOf(head)) {
    const column = j === undefined ? undefined : axis.columns[j];
    if (column) ringed += bar(column.x, y - 1, column.width, 18 * unit);
  }
  vectors(head.values, head.numbers, '');
  const { cells, table } = layoutSum(head, pen, y + (isNarrow ? 0 : 2 * unit), component);
  const below = foldBands(after, pen, table.bottom + 12 * unit);
  const upright = axis.upright ? placeTruths(axis, chips, row) : [];
  if (!axis.upright) labels.push(...placeTruths(axis, chips, row));
  return {
    height: Math.ceil(below.bottom + 2 * unit),
    unit,
    type,
    chips,
    axis,
    row,
    sections: pen.sections,
    labels: [...labels, ...above.labels, ...below.labels],
    upright,
    folded: [...above.bands, ...below.bands],
    strips,
    asked: score.query,
    terms: score.terms,
    scores: score.bars,
    mask: boxes,
    shares,
    ringed,
    cells,
    table,
    spelled,
  };
}
