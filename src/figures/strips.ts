import { levelOf, levels } from './heads.ts';

/** Where a token stands on its axis, in CSS pixels. */
export interface Column {
  readonly x: number;
  readonly width: number;
}

/** How many steps of the diverging scale are told apart: as many below zero as above. */
export const half = 4;
/** The value in the middle of a step of the diverging scale. */
export const valueAt = (step: number): number => (step - half) / half;
/** The step of a value of −1 … 1. */
export const stepOf = (value: number): number => Math.round(Math.min(1, Math.max(-1, value)) * half) + half;

const round = (x: number): number => Math.round(x * 10) / 10;
/** Columns with a hair of paper between them; where they are narrow there is none. */
const inset = (column: Column): Column => (column.width < 6 ? column : { x: column.x + 0.5, width: column.width - 1 });

/** Joins cells of one step into one path a step. A path is 1 high and is stretched to the height of its strip. */
function joined(steps: number, draw: (add: (step: number, path: string) => void) => void): readonly string[] {
  const paths: string[] = Array.from({ length: steps }, () => '');
  draw((step, path) => {
    paths[step] += path;
  });
  return paths;
}

/** A strip of shares, one a token: for each step of the sequential scale its cells. */
export const shadePaths = (columns: readonly Column[], shares: ArrayLike<number>): readonly string[] =>
  joined(levels, (add) => {
    columns.forEach((column, j) => {
      if (j >= shares.length) return;
      const { x, width } = inset(column);
      add(levelOf(shares[j]!), `M${round(x)},0h${round(width)}v1h${-round(width)}z`);
    });
  });

/** Which of a token's numbers are drawn where there is room for `most` of them: evenly spread. */
export const pickNumbers = (width: number, most: number): readonly number[] => {
  const count = Math.min(width, most);
  return Array.from({ length: count }, (_, s) => Math.floor(((s + 0.5) * width) / count));
};

/** A strip of states: under each token some of its numbers, for each step of the diverging scale its cells. */
export function stripePaths(
  columns: readonly Column[],
  { values, width }: { readonly values: ArrayLike<number>; readonly width: number },
  most: number,
): readonly string[] {
  const numbers = pickNumbers(width, most);
  return joined(2 * half + 1, (add) => {
    columns.forEach((column, j) => {
      if ((j + 1) * width > values.length) return;
      const { x, width: wide } = inset(column);
      const across = `h${round(wide)}v1h${-round(wide)}z`;
      numbers.forEach((number, s) => {
        add(stepOf(values[j * width + number]!), `M${round(x)},${s}${across}`);
      });
    });
  });
}

/** The cells of a map, 1 by 1 a cell, for each step of the sequential scale; the lowest is the ground and has none. */
export const cellPaths = (weights: ArrayLike<number>, rows: number, columns: number): readonly string[] =>
  joined(levels, (add) => {
    for (let i = 0; i < rows; i++) {
      const row = i * columns;
      for (let j = 0; j < columns; j++) {
        const level = levelOf(weights[row + j] ?? 0);
        if (level === 0) continue;
        const from = j;
        while (j + 1 < columns && levelOf(weights[row + j + 1] ?? 0) === level) j++;
        add(level, `M${from},${i}h${j - from + 1}v1h${from - j - 1}z`);
      }
    }
  });
