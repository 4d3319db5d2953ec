import { counted, type Table } from './table.ts';

/** Distances, and which cells of a strip they are told by. */
export interface Ruler {
  /** Of a query at place `at` to each key: the cell that the score reads, `cells` in all. */
  readonly tokens: readonly string[];
  readonly at: number;
  readonly cells: number;
  readonly cellOf: readonly number[];
}

/** Keys that share the cell of a key, itself included. */
export const sharing = ({ cellOf }: Pick<Ruler, 'cellOf'>, key: number): readonly number[] =>
  cellOf.flatMap((cell, j) => (cell === cellOf[key] ? [j] : []));

const distanceText = (distance: number): string =>
  distance === 0 ? 'itself' : `${Math.abs(distance)} to the ${distance > 0 ? 'left' : 'right'}`;

/** One sentence that is true of the strip. */
export function describeRuler(ruler: Ruler): string {
  const { tokens, at, cells, cellOf } = ruler;
  const used = new Set(cellOf);
  const shared = [...used].filter((cell) => cellOf.filter((one) => one === cell).length > 1);
  const told =
    shared.length === 0
      ? 'each token has a cell of its own'
      : `${cellOf.filter((cell) => shared.includes(cell)).length} of them share ${counted(shared.length, 'cell')}`;
  return `${tokens[at]} (${at}) looks at ${tokens.length} tokens by a strip of ${cells} cells: ${told}.`;
}

export const tabulateRuler = ({ tokens, at, cellOf }: Ruler): Table => ({
  columns: ['Key', 'Distance', 'Cell'],
  rows: tokens.map((token, j) => [`${token} (${j})`, distanceText(at - j), cellOf[j]!]),
});

export interface RulerLayout {
  readonly chip: number;
  readonly cell: number;
  readonly left: number;
  readonly top: number;
  readonly strip: number;
  readonly type: number;
  readonly height: number;
}

/** Tokens above, in their order; the strip below, in the same width; threads between them. */
export function layoutRuler({ tokens, cells }: Ruler, width: number, size: number): RulerLayout {
  const type = Math.max(12, size * 0.8);
  const longest = Math.min(9, Math.max(...tokens.map(({ length }) => length)));
  const top = longest * type * 0.6 + 10;
  const strip = top + size * 7;
  return {
    chip: (width - 4) / tokens.length,
    cell: (width - 4) / cells,
    left: 2,
    top,
    strip,
    type,
    height: strip + size * 1.4 + type * 1.8,
  };
}
