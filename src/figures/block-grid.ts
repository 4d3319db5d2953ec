import { counted, listed, percent, type Table } from './table.ts';

/** Why a block of queries reads a block of keys; undefined: it does not. */
export type Cell = 'own' | 'window' | 'global' | 'random' | undefined;
/** `any`: with no reason of its own, where everybody reads everybody. */
export type Reason = NonNullable<Cell> | 'any';

export const reasonNames: Readonly<Record<Reason, string>> = {
  own: 'itself',
  window: 'a neighbour',
  global: 'first or last',
  random: 'at random',
  any: 'everybody',
};

/** Blocks of tokens, and which of them each reads. */
export interface Blocks {
  /** Row: the block that looks; column: the block that is looked at. */
  readonly cells: readonly (readonly (Reason | undefined)[])[];
  /** Tokens of a block. */
  readonly blockSize: number;
  /** The row that is spoken of: its blocks are laid side by side. */
  readonly row?: number;
}

const all: readonly Reason[] = ['own', 'window', 'global', 'random', 'any'];

export const reasonsIn = ({ cells }: Blocks): readonly Reason[] =>
  all.filter((reason) => cells.some((row) => row.includes(reason)));

/** Pairs of blocks that are computed, and their share of the square. */
export function computed({ cells }: Blocks): { readonly pairs: number; readonly share: number } {
  const pairs = cells.flat().filter((one) => one !== undefined).length;
  return { pairs, share: pairs / cells.length ** 2 };
}

/** The blocks of keys that a row reads, in the order of the text. */
export const stripOf = ({ cells, row }: Blocks): readonly { readonly key: number; readonly reason: Reason }[] =>
  row === undefined ? [] : cells[row]!.flatMap((reason, key) => (reason ? [{ key, reason }] : []));

/** One sentence that is true of the grid. */
export function describeBlocks(blocks: Blocks): string {
  const { cells, blockSize, row } = blocks;
  const { pairs, share } = computed(blocks);
  const reads = stripOf(blocks).map(({ key, reason }) => `${key} (${reasonNames[reason]})`);
  const said = row === undefined ? '' : ` Block ${row} reads ${listed(reads)}.`;
  return (
    `${counted(cells.length, 'block')} of ${counted(blockSize, 'token')}: ${pairs} of ${cells.length ** 2} pairs of ` +
    `blocks are computed, ${percent(share)}.${said}`
  );
}

export const tabulateBlocks = ({ cells }: Blocks): Table => ({
  columns: ['Block', 'Reads', ...all.slice(0, 4).map((reason) => reasonNames[reason])],
  rows: cells.map((row, i) => {
    const keys = (reason?: Reason) =>
      listed(row.flatMap((one, j) => ((reason ? one === reason : one !== undefined) ? [j] : [])));
    return [i, keys(), ...all.slice(0, 4).map((reason) => keys(reason))];
  }),
});

export interface BlockLayout {
  readonly type: number;
  readonly left: number;
  readonly top: number;
  readonly cell: number;
  /** Every so many blocks have a number. */
  readonly every: number;
  /** The strip beside or below the square. */
  readonly strip: { readonly x: number; readonly y: number; readonly cell: number };
  readonly legend: { readonly x: number; readonly y: number };
  readonly height: number;
}

/** The square, with its strip and its legend beside it where there is room, else below. */
export function layoutBlocks(blocks: Blocks, width: number, size: number, tallest = size * 25): BlockLayout {
  const type = Math.max(12, size * 0.85);
  const count = blocks.cells.length;
  const isWide = width >= 620;
  const left = type * 2.2;
  const top = type * 1.5;
  const room = isWide ? width * 0.56 : width - 2;
  const cell = Math.min((room - left) / count, (tallest - top) / count);
  const bottom = top + count * cell;
  const most = Math.max(1, stripOf(blocks).length);
  const side = left + count * cell + type * 2.5;
  const stripX = isWide ? side : 1;
  const stripY = isWide ? top + type * 1.4 : bottom + type * 2.6;
  const stripCell = Math.min(type * 2.4, (width - stripX - 2) / most);
  const legendY = stripY + (blocks.row === undefined ? 0 : stripCell + type * 3.4);
  const reasons = reasonsIn(blocks).length;
  const below = legendY + reasons * type * 1.6;
  return {
    type,
    left,
    top,
    cell,
    every: Math.ceil((type * 1.9) / cell),
    strip: { x: stripX, y: stripY, cell: stripCell },
    legend: { x: stripX, y: legendY },
    height: Math.max(bottom + type * 0.5, below + type * 0.5),
  };
}
