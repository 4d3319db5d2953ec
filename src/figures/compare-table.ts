/** One cell of a table of systems. */
export interface CompareCell {
  readonly text: string;
  /** What has to be known beside it, in a few words each. */
  readonly marks: readonly string[];
  /** Whether something else is often told. */
  readonly isTold?: boolean;
  /** Whether it is equal to that of the row that others are held against. */
  readonly isEqual?: boolean;
  readonly isLit?: boolean;
}

export interface CompareColumn {
  readonly id: string;
  readonly title: string;
  readonly isNumber: boolean;
}

export interface CompareRow {
  readonly id: string;
  readonly name: string;
  /** Other sizes of the system that may stand here, this one among them. */
  readonly sizes?: readonly { readonly id: string; readonly name: string }[];
  readonly isPicked?: boolean;
  readonly isHeld?: boolean;
  readonly isLit?: boolean;
  /** One a column; undefined: nothing is known. */
  readonly cells: readonly (CompareCell | undefined)[];
}

/** The name of a cell: `bert.base/rows`. */
export const cellId = (row: string, column: string): string => `${row}/${column}`;

/** How `aria-sort` says it. */
export const sortWord = (isSorted: boolean, isDown: boolean): 'ascending' | 'descending' | undefined =>
  isSorted ? (isDown ? 'descending' : 'ascending') : undefined;

/** Steps of the arrow keys: columns, rows. */
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The cell that an arrow key leads to, by row and column; Home and End to the ends of a row. Undefined where the key
 * means nothing here.
 */
export function stepTo(
  key: string,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): readonly [number, number] | undefined {
  if (key === 'Home') return [row, 0];
  if (key === 'End') return [row, columns - 1];
  const step = steps[key];
  if (!step) return undefined;
  const within = (n: number, end: number) => Math.min(end - 1, Math.max(0, n));
  return [within(row + step[1], rows), within(column + step[0], columns)];
}

/** Narrower, rows are cards: CSS pixels for type of 16. */
export const cardsBelow = 640;
