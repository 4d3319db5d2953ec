import type { Shape, Way } from '../figures/rectangles.ts';
import type { Plain } from './tape-change.ts';

/** A size of some matrices, called by a letter. */
export interface Letter {
  readonly letter: string;
  readonly label: string;
  readonly value: number;
  readonly choices?: readonly number[];
}
type Size = number | string;
export interface LetteredWay {
  readonly name: string;
  readonly made?: boolean;
  readonly shapes: readonly {
    readonly name: string;
    readonly rows: Size;
    readonly columns: Size;
    readonly groups?: Size;
    readonly rank?: Size;
  }[];
}

/** What each letter stands for, and the wishes of an address that cannot be met. */
export function valuesOf(
  letters: readonly Letter[],
  wished: Readonly<Record<string, Plain>> = {},
): { readonly values: Readonly<Record<string, number>>; readonly strays: readonly string[] } {
  const isOffered = (letter: string, value: Plain) =>
    letters.some((one) => one.letter === letter && one.choices?.some((choice) => choice === value));
  const values = Object.fromEntries(
    letters.map(({ letter, value }) => {
      const wish = wished[letter];
      return [letter, typeof wish === 'number' && isOffered(letter, wish) ? wish : value];
    }),
  );
  const strays = Object.entries(wished).flatMap(([letter, value]) =>
    isOffered(letter, value) ? [] : [`${letter} = ${value}`],
  );
  return { values, strays };
}

/** The ways with numbers in place of letters; throws where a letter is not known. */
export function waysOf(ways: readonly LetteredWay[], values: Readonly<Record<string, number>>): readonly Way[] {
  const number = (size: Size): number => {
    const value = typeof size === 'number' ? size : values[size];
    if (value === undefined) throw new Error(`expected a size for ${size}, found none among ${Object.keys(values)}`);
    return value;
  };
  return ways.map(({ shapes, ...way }) => ({
    ...way,
    shapes: shapes.map(
      ({ rows, columns, groups, rank, ...shape }): Shape => ({
        ...shape,
        rows: number(rows),
        columns: number(columns),
        ...(groups !== undefined && { groups: number(groups) }),
        ...(rank !== undefined && { rank: number(rank) }),
      }),
    ),
  }));
}
