import type { Table } from './table.ts';

/** A score of a table, and the one it is held against, if any. */
export interface Score {
  readonly name: string;
  readonly from?: number;
  readonly to: number;
}
export interface Scores {
  /** What is scored, and what the marks are. */
  readonly unit: string;
  readonly rows: readonly Score[];
}

/** A difference to two places, with its sign. */
export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value)
    .toFixed(2)
    .replace(/\.?0+$/, '')}`;

/** One sentence that is true of the scores. */
export const describeScores = ({ unit, rows }: Scores): string =>
  `${unit}: ${rows
    .map(({ name, from, to }) => (from === undefined ? `${name} ${to}` : `${name} ${to}, ${signed(to - from)}`))
    .join('; ')}.`;

export const tabulateScores = ({ unit, rows }: Scores): Table => ({
  columns: ['Row', unit, 'Difference'],
  rows: rows.map(({ name, from, to }) => [name, to, from === undefined ? '' : signed(to - from)]),
});
