import type { Pattern } from '../core/pattern.ts';
import { monoWidth } from './palette.ts';
import { counted, listed, percent, type Table } from './table.ts';
import { clip } from './text.ts';

/** Where a matrix of query rows and key columns lies in its figure, in CSS pixels. */
export interface MatrixLayout {
  readonly cell: number;
  readonly left: number;
  readonly top: number;
  readonly height: number;
  /** Size of the labels, or 0 where the cells are too small for any. */
  readonly type: number;
  /** The most characters a label may have. */
  readonly letters: number;
  /** Height of the arcs above the column labels. */
  readonly arcs: number;
}

/** A matrix of `rows` × `columns` square cells in `width`, labels of at most ten letters beside it, arcs above. */
export function layoutMatrix(
  rows: number,
  columns: number,
  width: number,
  labels: readonly string[],
  options: { readonly size: number; readonly arcs: boolean; readonly maxCell?: number },
): MatrixLayout {
  const letters = Math.min(10, Math.max(1, ...labels.map((label) => label.length)));
  const reach = letters * monoWidth * options.size + 10;
  const labelled = Math.min(options.maxCell ?? 40, (width - reach - 2) / columns);
  const type = labelled >= options.size * 0.95 ? options.size : 0;
  const side = type > 0 ? reach : 2;
  const cell = type > 0 ? labelled : Math.min(options.maxCell ?? 40, (width - 4) / columns);
  const arcs = options.arcs ? Math.min(90, Math.max(24, (cell * columns) / 5)) : 0;
  const top = arcs + (type > 0 ? reach : 2);
  return { cell, left: side, top, height: top + cell * rows + 2, type, letters, arcs };
}

/** Label `i` cut to what there is room for. */
export const labelAt = (labels: readonly string[], i: number, { letters }: MatrixLayout): string =>
  clip(labels[i] ?? '', letters);

/** The cells where `inside(i, j)`, as one path; neighbours in a row are joined. */
export function cellsPath(
  rows: number,
  columns: number,
  cell: number,
  inside: (i: number, j: number) => boolean,
  gap = 0,
): string {
  let path = '';
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (!inside(i, j)) continue;
      const from = j;
      if (gap === 0) while (j + 1 < columns && inside(i, j + 1)) j++;
      const width = (j - from + 1) * cell - gap;
      const start = `${round(from * cell + gap / 2)},${round(i * cell + gap / 2)}`;
      path += `M${start}h${round(width)}v${round(cell - gap)}h${round(-width)}z`;
    }
  }
  return path;
}
const round = (x: number): number => Math.round(x * 100) / 100;

/** A half ellipse over a line, from `x0` to `x1` at height `y`, at most `rise` high. */
export function arcPath(x0: number, x1: number, y: number, rise: number, span: number): string {
  if (x0 === x1)
    return `M${round(x0 - 5)},${y}C${round(x0 - 9)},${y - 18} ${round(x0 + 9)},${y - 18} ${round(x0 + 5)},${y}`;
  const lift = Math.max(8, rise * Math.sqrt(Math.abs(x1 - x0) / Math.max(span, 1)) * 1.3);
  return `M${round(x0)},${y}C${round(x0)},${round(y - lift)} ${round(x1)},${round(y - lift)} ${round(x1)},${y}`;
}

const name = (tokens: readonly string[], i: number) => `${tokens[i] ?? ''} (${i})`.trim();

/** What stands along the sides of a pattern. */
export interface Sides {
  /** The tokens along the rows, and along the columns too unless those have others. */
  readonly tokens: readonly string[];
  /** The tokens along the columns, where they are of another text. */
  readonly keys?: readonly string[];
  /** The rows that are there; absent: all. */
  readonly present?: ReadonlySet<number>;
  /** The positions, on both sides, whose token is hidden. */
  readonly holes?: ReadonlySet<number>;
}

/** One sentence that is true of the pattern; of two texts it says where each begins and ends. */
export function describePattern(
  pattern: Pattern,
  { tokens = [], keys, present, holes = new Set() }: Partial<Sides> = {},
): string {
  const there = pattern.filter((_, i) => present?.has(i) ?? true);
  const columns = pattern[0]?.length ?? 0;
  const ends = (of: readonly string[]) => (keys ? ` (${of[0] ?? ''} to ${of.at(-1) ?? ''})` : '');
  const rows = `${present ? `${there.length} of ` : ''}${counted(pattern.length, 'query row')}${ends(tokens)}`;
  const extent = `${rows} by ${counted(columns, 'key column')}${ends(keys ?? [])}`;
  if (there.length === 0) return `${extent}.`;
  const seen = there.map((row) => row.filter(Boolean).length);
  const share = seen.reduce((sum, n) => sum + n, 0) / Math.max(1, there.length * columns);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const range = least === most ? `each sees ${least}` : `each sees ${least} to ${most}`;
  const hidden = holes.size === 0 ? '' : ` ${holes.size === 1 ? 'Hidden is' : 'Hidden are'} ${listed([...holes])}.`;
  return `${extent}: ${range}, ${percent(share)} of ${present ? 'their' : 'all'} pairs are allowed.${hidden}`;
}

/** What query `row` sees, in words. */
export function describeRow(
  pattern: Pattern,
  row: number,
  tokens: readonly string[],
  keys = tokens,
  holes: ReadonlySet<number> = new Set(),
): string {
  const seen = pattern[row]!.flatMap((visible, j) => (visible ? [j] : []));
  const what =
    seen.length === 0
      ? 'nothing'
      : seen.length === pattern[row]!.length
        ? 'every position'
        : seen.length > 8
          ? `${seen.length} positions`
          : listed(seen.map((j) => name(keys, j)));
  const blind = seen.filter((j) => holes.has(j)).length;
  return `${name(tokens, row)} sees ${what}${blind > 0 ? `, ${counted(blind, 'hole')} among them` : ''}`;
}

export const tabulatePattern = (
  pattern: Pattern,
  tokens: readonly string[],
  { keys = tokens, present }: Omit<Sides, 'tokens'> = {},
): Table => ({
  columns: ['Query', 'Sees', 'Keys'],
  rows: pattern.flatMap((row, i) => {
    if (present?.has(i) === false) return [];
    const seen = row.flatMap((visible, j) => (visible ? [name(keys, j)] : []));
    return [[name(tokens, i), seen.length, seen.join(' ')]];
  }),
});
