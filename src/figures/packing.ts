import { monoWidth } from './palette.ts';
import { counted, listed, percent, type Table } from './table.ts';
import { clip } from './text.ts';

/** Text of one document in a row; the number of the document in the text, from 0 on. */
export interface PackedPiece {
  readonly document: number;
  readonly tokens: readonly string[];
  readonly segment: 0 | 1;
}
/** One special token in front of the row, and one behind each piece. */
export interface PackedRow {
  readonly pieces: readonly PackedPiece[];
}
/** Rows of text that have `length` places each. */
export interface Packing {
  readonly rows: readonly PackedRow[];
  readonly length: number;
}

/** The text of a piece, continuing pieces of words joined to what they continue. */
export const readable = ({ tokens }: PackedPiece): string => tokens.join(' ').replaceAll(' ##', '');

/** Places that are taken, special tokens included. */
export const takenIn = ({ pieces }: PackedRow): number =>
  pieces.reduce((sum, { tokens }) => sum + tokens.length + 1, 1);

/** How many places all rows have, and how many of them are taken. */
export function filling({ rows, length }: Packing): { readonly taken: number; readonly places: number } {
  return { taken: rows.reduce((sum, row) => sum + takenIn(row), 0), places: rows.length * length };
}

const fillText = (row: PackedRow, length: number): string => percent(takenIn(row) / length);
/** Whether another document begins with a piece. */
const isBorder = ({ pieces }: PackedRow, k: number): boolean =>
  k > 0 && pieces[k]!.document !== pieces[k - 1]!.document;
const bordersIn = (row: PackedRow): number => row.pieces.filter((_, k) => isBorder(row, k)).length;

/** One sentence that is true of the rows. */
export function describePacking(packing: Packing): string {
  const { rows, length } = packing;
  const { taken, places } = filling(packing);
  const borders = rows.reduce((sum, row) => sum + bordersIn(row), 0);
  const each = rows.map((row, i) => `${i + 1}: ${fillText(row, length)}`);
  return `${counted(rows.length, 'row')} of ${length} places, ${percent(taken / Math.max(1, places))} of them filled, with ${counted(
    borders,
    'border',
  )} between documents within rows. ${listed(each)}.`;
}

export const tabulatePacking = ({ rows, length }: Packing): Table => ({
  columns: ['Row', 'Places taken', 'Share', 'Documents', 'Text'],
  rows: rows.map((row, i) => [
    i + 1,
    `${takenIn(row)} of ${length}`,
    fillText(row, length),
    listed(row.pieces.map(({ document }) => document + 1)),
    row.pieces.map(readable).join(' [SEP] '),
  ]),
});

/** What a row of `length` places is drawn with; places are numbered from its left end on. */
export interface RowLayout {
  readonly y: number;
  readonly fill: string;
  readonly pieces: readonly {
    readonly x: number;
    readonly width: number;
    readonly segment: 0 | 1;
    /** Number of the document and the beginning of the text, as far as there is room. */
    readonly text: string;
  }[];
  /** Left ends of the special tokens. */
  readonly specials: readonly number[];
  /** Where another document begins. */
  readonly borders: readonly number[];
  /** Where nothing stands any more. */
  readonly end: number;
}
export interface PackingLayout {
  readonly rows: readonly RowLayout[];
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly cell: number;
  readonly bar: number;
  readonly bottom: number;
  readonly height: number;
}

function textIn(piece: PackedPiece, width: number, type: number): string {
  const letters = Math.floor((width - type * 0.6) / (type * monoWidth));
  const number = String(piece.document + 1);
  if (letters < number.length) return '';
  return letters < number.length + 6 ? number : clip(`${number} ${readable(piece)}`, letters);
}

/** A bar a row, each place equally wide; its number in front, how full it is behind. */
export function layoutPacking({ rows, length }: Packing, width: number, size: number, keyLines = 1): PackingLayout {
  const type = Math.max(12, size * 0.82);
  const left = type * 1.9;
  const right = width - type * 3.9;
  const cell = (right - left) / length;
  const bar = type * 2;
  const stride = bar + type * 0.9;
  const top = type * 0.5;
  const bottom = top + rows.length * stride;
  const place = (row: PackedRow, i: number): RowLayout => {
    let x = left + cell;
    const pieces = row.pieces.map((piece) => {
      const wide = piece.tokens.length * cell;
      const placed = { x, width: wide, segment: piece.segment, text: textIn(piece, wide, type) };
      x += wide + cell;
      return placed;
    });
    return {
      y: top + i * stride,
      fill: fillText(row, length),
      pieces,
      specials: [left, ...pieces.map((piece) => piece.x + piece.width)],
      borders: pieces.flatMap((piece, k) => (isBorder(row, k) ? [piece.x] : [])),
      end: x,
    };
  };
  return {
    rows: rows.map(place),
    type,
    left,
    right,
    cell,
    bar,
    bottom,
    height: bottom + keyLines * type * 1.7 + type * 0.6,
  };
}

/** The marks of a key side by side, on further lines where there is no room. */
export function layoutKey<Item extends { readonly label: string }>(
  items: readonly Item[],
  width: number,
  type: number,
) {
  let x = 0;
  let line = 0;
  return items.map((item) => {
    const wide = type * 2 + item.label.length * type * 0.54 + type * 1.4;
    if (x > 0 && x + wide - type * 1.4 > width) {
      x = 0;
      line += 1;
    }
    const placed = { ...item, x, line };
    x += wide;
    return placed;
  });
}
