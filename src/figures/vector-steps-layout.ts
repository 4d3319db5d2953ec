import type { Chip } from './chips.ts';
import { type Folded, type FoldedBand, foldBands } from './head-folds.ts';
import { signed } from './head-inside.ts';
import { bar, createPen, type Pen, type Section } from './head-pen.ts';
import { type Axis, placeTruths } from './model-axis.ts';
import { type PlacedText, textWidth } from './placed-text.ts';
import { half, stepOf } from './strips.ts';
import { clip, lettersIn } from './text.ts';
import {
  answering,
  broughtBy,
  spellNorm,
  spellUnit,
  type Units,
  type VectorLine,
  type VectorStep,
  type VectorSum,
} from './vector-steps.ts';

export interface VectorLayout {
  readonly height: number;
  readonly unit: number;
  readonly type: number;
  readonly axis: Axis;
  readonly chips: readonly Chip[];
  /** Top of the chips. */
  readonly row: number;
  readonly sections: readonly Section[];
  readonly labels: readonly PlacedText[];
  readonly upright: readonly PlacedText[];
  readonly folded: readonly FoldedBand[];
  /** All cells, for each step of the diverging scale. */
  readonly cells: readonly string[];
  /** Around the units that have a line of their own. */
  readonly ringed: string;
  /** The lines above sums. */
  readonly rules: string;
  /** Where the vectors stand: left, width of a cell, how many, and from where to where the chosen number is ringed. */
  readonly grid: {
    readonly x: number;
    readonly cell: number;
    readonly count: number;
    readonly spans: readonly { readonly top: number; readonly bottom: number }[];
  };
}

export interface VectorProps {
  readonly sum: VectorSum;
  /** The tokens as they stand in the text; by default they alone. */
  readonly chips?: readonly Chip[] | undefined;
  readonly width: number;
  readonly size: number;
  readonly before?: readonly Folded[];
  readonly after?: readonly Folded[];
}

const plain = (token: string): Chip => ({ token, special: token.startsWith('[') && token !== '[MASK]' });
const sizes = (vector: ArrayLike<number>): number =>
  Array.from(vector).reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9);

/** What draws vectors one below the other, all numbers of a place in one column. */
function createGrid(pen: Pen, count: number) {
  const { unit, type, isNarrow, left, right, labels } = pen;
  const cells: string[] = Array.from({ length: 2 * half + 1 }, () => '');
  /** Where the number of times ends. */
  const timesEnd = isNarrow ? right - 62 * unit : left + 172 * unit;
  const x = isNarrow ? left : timesEnd + 10 * unit;
  const end = isNarrow ? right : right - 66 * unit;
  const cell = Math.min(18 * unit, (end - x) / Math.max(1, count));
  const spans: { top: number; bottom: number }[] = [];

  function strip(vector: ArrayLike<number>, from: number, wide: number, y: number, high: number): void {
    const most = sizes(vector);
    const inside = wide - (wide > 5 ? 1.5 : 0);
    for (let c = 0; c < vector.length; c++) cells[stepOf(vector[c]! / most)] += bar(from + c * wide, y, inside, high);
  }
  return {
    cells,
    spans,
    x,
    end,
    cell,
    count,
    strip,
    /** One line, and where the next one begins. */
    line(one: VectorLine, y: number, component: number, isTotal: boolean): number {
      const { title, isToken = false, factor, vector } = one;
      const base = { size: type, y: y + 12.5 * unit, bold: isTotal } as const;
      const room = (factor === undefined ? 165 : 78) * unit;
      labels.push({ ...base, x: left, text: clip(title, lettersIn(room, type, 'label') - 1), mono: isToken });
      const product = `${signed(factor ?? 1, 3)} × ${signed(vector[component] ?? 0, 3)}`;
      if (factor !== undefined) labels.push({ ...base, x: timesEnd, text: product, anchor: 'end', colour: 'inkSoft' });
      labels.push({ ...base, x: right, text: broughtBy(one, component), anchor: 'end' });
      const top = isNarrow ? y + 17 * unit : y;
      const high = (isNarrow ? 10 : 17) * unit;
      strip(vector, x, cell, top, high);
      // Where words stand between the vectors, each has a ring of its own.
      if (isNarrow) spans.push({ top: top - 2, bottom: top + high + 2 });
      return top + (isNarrow ? 15 : 21) * unit;
    },
  };
}

/** A strip of units, those with a line of their own ringed, and what is said of the strongest. */
function layoutUnits(
  units: Units,
  pen: Pen,
  grid: ReturnType<typeof createGrid>,
  y: number,
): { readonly ringed: string; readonly bottom: number } {
  const { unit, type, labels, left, isNarrow } = pen;
  const count = units.after.length;
  const cell = (grid.end - grid.x) / Math.max(1, count);
  const high = 16 * unit;
  const top = isNarrow ? y + 17 * unit : y;
  let ringed = '';
  grid.strip(units.after, grid.x, cell, top, high);
  const wide = Math.max(cell, 3 * unit);
  for (const u of units.strongest) ringed += bar(grid.x + (u + 0.5) * cell - wide / 2, top - 2, wide, high + 4);
  const active = `${answering(units)} of ${count} above 0`;
  labels.push({ x: left, y: y + 12.5 * unit, text: active, size: type, colour: 'inkSoft' });
  pen.say(left, top + high + 16 * unit, spellUnit(units));
  return { ringed, bottom: top + high + 24 * unit };
}

/** What a step does with one number, in words; nothing where its lines say it. */
const spelled = (step: VectorStep, component: number, before: VectorStep | undefined): readonly string[] => {
  const went = before?.total?.vector[component];
  return step.norm && went !== undefined ? spellNorm(step.norm, went, component) : [];
};

export function layoutSteps({ sum, chips, width, size, before = [], after = [] }: VectorProps): VectorLayout {
  const shown = chips ?? sum.tokens.map(plain);
  const { steps, component } = sum;
  const pen = createPen(shown, width, size);
  const { unit, type, axis, labels, isNarrow, right } = pen;
  const row = axis.above + 2 * unit;
  const above = foldBands(before, pen, row + axis.chip + axis.below + 4 * unit);
  const vectors = steps.flatMap(({ lines, total }) => [...lines, ...(total ? [total] : [])]);
  const count = Math.max(1, ...vectors.map(({ vector }) => vector.length));
  const grid = createGrid(pen, count);
  let ringed = '';
  let rules = '';
  // The number that is written out has its name above all of them.
  let y = above.bottom + 20 * unit;
  const over = `number ${component + 1} of ${count}`;
  const wide = textWidth({ text: over, size: type, bold: true });
  const centre = grid.x + (component + 0.5) * grid.cell;
  const x = Math.max(grid.x + wide / 2, Math.min(centre, right - wide / 2));
  labels.push({ x, y: y - 6 * unit, text: over, size: type, bold: true, anchor: 'middle', colour: 'focus' });
  steps.forEach((step, s) => {
    const section = pen.section(y, step.title, step.words, 0);
    y = section.from;
    const top = y;
    for (const line of step.lines) y = grid.line(line, y, component, false);
    if (step.total && step.lines.length > 0) {
      rules += `M${pen.left},${Math.round(10 * (y - unit)) / 10}H${right}`;
      y += 3 * unit;
    }
    if (step.total) y = grid.line(step.total, y, component, true);
    if (!isNarrow) grid.spans.push({ top: top - 2, bottom: y - 2 * unit });
    if (step.units) {
      const drawn = layoutUnits(step.units, pen, grid, y + 2 * unit);
      ringed += drawn.ringed;
      y = drawn.bottom;
    }
    const words = spelled(step, component, steps[s - 1]);
    if (words.length > 0) {
      pen.say(pen.left, y + 13 * unit, words);
      y += 20 * unit;
    }
    // What a section says in its gutter needs its height.
    if (!isNarrow) y = Math.max(y, section.y + (15 + 14 * Math.max(0, step.words.length - 1)) * unit + 4 * unit);
    y += 8 * unit;
  });
  const below = foldBands(after, pen, y + 4 * unit);
  if (!axis.upright) labels.push(...placeTruths(axis, shown, row));
  return {
    height: Math.ceil(below.bottom + 2 * unit),
    unit,
    type,
    axis,
    chips: shown,
    row,
    sections: pen.sections,
    labels: [...labels, ...above.labels, ...below.labels],
    upright: axis.upright ? placeTruths(axis, shown, row) : [],
    folded: [...above.bands, ...below.bands],
    cells: grid.cells,
    ringed,
    rules,
    grid: { x: grid.x, cell: grid.cell, count, spans: grid.spans },
  };
}
