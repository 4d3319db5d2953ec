import { attention, diverging, palette } from './palette.ts';
import { deviationOf, meanOf } from './spread.ts';
import type { Table } from './table.ts';
import { widthOf, wrap } from './text.ts';

/** What was measured of one row by one column. */
export interface CrossCell {
  readonly value: number;
  /** Standard deviation over seeds. */
  readonly spread?: number;
  /** What nobody can surpass. */
  readonly best?: number;
}
/** Everything by everything: trained on this, tested on that. */
export interface Cross {
  /** What rows and columns are: `trained on`, `tested on`. */
  readonly rowsAre: string;
  readonly columnsAre: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** A row a row; undefined: not measured. */
  readonly cells: readonly (readonly (CrossCell | undefined)[])[];
  /** Values at which a cell is palest and darkest; of changes the darkest to either side. */
  readonly from: number;
  readonly to: number;
  /** Whether a value is a change, upwards or downwards. */
  readonly isChange?: boolean;
  readonly digits?: number;
  /** What a cell's `best` is called; absent: `best possible`. */
  readonly bestIs?: string;
}

/** What several seeds came to; undefined without any. */
export const cellOfSeeds = (values: readonly number[], best?: number): CrossCell | undefined =>
  values.length === 0
    ? undefined
    : { value: meanOf(values), spread: values.length > 1 ? deviationOf(values) : undefined, best };

/** `90.5`, of a change `+0.7`. */
export const valueText = (value: number, isChange = false, digits = 1): string => {
  const text = Math.abs(value).toFixed(digits);
  if (!isChange || Number(text) === 0) return value < 0 && Number(text) > 0 ? `−${text}` : text;
  return `${value < 0 ? '−' : '+'}${text}`;
};

/** What stands below a value. */
export const footText = ({ spread, best }: CrossCell, digits = 1, bestIs = 'best possible'): string =>
  [
    spread === undefined ? '' : `± ${spread.toFixed(digits)}`,
    best === undefined ? '' : `${bestIs} ${best.toFixed(digits)}`,
  ]
    .filter(Boolean)
    .join(', ');

/** One sentence that is true of the table. */
export function describeCross({ rowsAre, columnsAre, rows, columns, cells, isChange, digits }: Cross): string {
  const said = rows.map((row, i) => {
    const each = columns.flatMap((column, j) => {
      const cell = cells[i]?.[j];
      return cell ? [`${column} ${valueText(cell.value, isChange, digits)}`] : [];
    });
    return `${row}: ${each.join(', ') || 'nothing measured'}`;
  });
  return `Rows: ${rowsAre}; columns: ${columnsAre}. ${said.join('; ')}.`;
}

export const tabulateCross = ({ rowsAre, rows, columns, cells, isChange, digits, bestIs }: Cross): Table => ({
  columns: [rowsAre, ...columns],
  rows: rows.map((row, i) => [
    row,
    ...columns.map((_, j) => {
      const cell = cells[i]?.[j];
      if (!cell) return '';
      const foot = footText(cell, digits, bestIs);
      return `${valueText(cell.value, isChange, digits)}${foot ? ` (${foot})` : ''}`;
    }),
  ]),
});

export interface CrossLayout {
  /** Left edge and size of the cells. */
  readonly left: number;
  readonly top: number;
  readonly cell: { readonly width: number; readonly height: number };
  /** Lines of each name. */
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly (readonly string[])[];
  readonly type: number;
  /** Size of a value. */
  readonly value: number;
  readonly height: number;
}

/** Names at the left and on top, in lines of as many letters as there is room for. */
export function layoutCross({ rows, columns, cells }: Cross, width: number, size: number): CrossLayout {
  const type = width < 480 ? 12 : Math.max(12, size * 0.9);
  const left = Math.min(width * 0.34, widthOf(18, type, 'label'));
  const cellWidth = (width - left) / columns.length;
  const lettersIn = (room: number) => Math.max(6, Math.floor(room / widthOf(1, type, 'label')));
  const wrapped = (names: readonly string[], room: number) => names.map((name) => wrap(name, lettersIn(room), 4));
  const above = wrapped(columns, cellWidth - 8);
  const beside = wrapped(rows, left - 8);
  const top = type * (2.2 + Math.max(...above.map(({ length }) => length)) * 1.25);
  const hasFoot = cells.some((row) => row.some((cell) => cell && footText(cell) !== ''));
  const tallest = Math.max(...beside.map(({ length }) => length));
  // Many rows are lower, so that the table is seen as a whole.
  const lines = (hasFoot ? 6 : 5) - (rows.length > 4 ? 1.4 : 0);
  const height = Math.max(size * lines, tallest * type * 1.25 + size * 0.6);
  return {
    left,
    top,
    cell: { width: cellWidth, height },
    rows: beside,
    columns: above,
    type,
    value: Math.max(12, Math.min(size * 1.35, cellWidth / 3)),
    height: top + rows.length * height + 3,
  };
}

/** The colour of a cell, and of what is written on it. */
export function coloursOf(
  value: number,
  { from, to, isChange }: Cross,
): { readonly fill: string; readonly ink: string } {
  if (isChange) return { fill: diverging((0.75 * value) / Math.max(Math.abs(from), Math.abs(to))), ink: palette.ink };
  const share = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return { fill: attention(share * 0.9), ink: share > 0.55 ? palette.hiddenInk : palette.ink };
}
