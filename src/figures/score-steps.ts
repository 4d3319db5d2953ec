import type { Table } from './table.ts';
import { widthOf } from './text.ts';

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
  /** Whether a lower score is the better one. */
  readonly lower?: boolean | undefined;
}

/** A difference to two places, with its sign. */
export const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value)
    .toFixed(2)
    .replace(/\.?0+$/, '')}`;

/** What is written below the dots of a row: both scores, in one where they would touch. */
export function marksOf({ from, to }: Score, x: (score: number) => number, size: number, width: number) {
  const within = (at: number, text: string) => {
    const half = widthOf(text.length, size, 'label') / 2;
    return { text, at: Math.min(at, width - half) };
  };
  if (from === undefined) return [within(x(to), String(to))];
  const [one, other] = [within(x(from), String(from)), within(x(to), String(to))];
  const room = widthOf((one.text.length + other.text.length) / 2 + 1, size, 'label');
  if (Math.abs(one.at - other.at) >= room) return [one, other];
  return [within((x(from) + x(to)) / 2, `${from} → ${to}`)];
}

/** One sentence that is true of the scores. */
export const describeScores = ({ unit, rows }: Scores): string =>
  `${unit}: ${rows
    .map(({ name, from, to }) =>
      from === undefined ? `${name} ${to}` : `${name} from ${from} to ${to}, ${signed(to - from)}`,
    )
    .join('; ')}.`;

export const tabulateScores = ({ unit, rows }: Scores): Table => ({
  columns: ['Row', 'From', unit, 'Difference'],
  rows: rows.map(({ name, from, to }) => [name, from ?? '', to, from === undefined ? '' : signed(to - from)]),
});
