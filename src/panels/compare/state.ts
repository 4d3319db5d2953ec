import type { Group } from './columns.ts';
import type { ObjectiveName } from './who.ts';

/** What the table shows; all of it stands in the address. */
export interface CompareState {
  /** Which group of columns. */
  readonly show: Group;
  /** One size of each system, those of a group of sizes, or every one. */
  readonly size: string;
  /** Of one of each: the sizes that a reader chose instead of the usual ones. */
  readonly at: readonly string[];
  readonly objective: ObjectiveName | '';
  /** A column. */
  readonly sort: string;
  readonly isDown: boolean;
  /** The row that others are held against, and the columns in which they have to be equal to it. */
  readonly held: string;
  readonly equal: readonly string[];
  /** At most two rows, to see side by side. */
  readonly picked: readonly string[];
  /** The cell whose source is open: `bert.base/rows`. */
  readonly cell: string;
  /** Where a lesson chose them: rows, columns, and columns or rows that stand out. In no address. */
  readonly systems?: readonly string[];
  readonly columns?: readonly string[];
  readonly lit?: readonly string[];
}

export const usualState: CompareState = {
  show: 'who',
  size: 'each',
  at: [],
  objective: '',
  sort: '',
  isDown: false,
  held: '',
  equal: [],
  picked: [],
  cell: '',
};
