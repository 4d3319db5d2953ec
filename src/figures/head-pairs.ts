import { counted, listed, type Table } from './table.ts';

/** One head of two models: where it looks in each, and how far the two are apart. */
export interface HeadPair {
  readonly name: string;
  /** Row-major [query, key] of either model; each row sums to 1. */
  readonly maps: readonly [ArrayLike<number>, ArrayLike<number>];
  /** KL(first ‖ second), mean over queries, in nats. */
  readonly apart: number;
}

export interface HeadPairs {
  /** Whose maps they are: the upper ones', the lower ones'. */
  readonly models: readonly [string, string];
  readonly pairs: readonly HeadPair[];
  /** Tokens of the text: rows and columns of each map. */
  readonly length: number;
}

/** One sentence that is true of the maps. */
export function describeHeadPairs({ models, pairs, length }: HeadPairs): string {
  const each = pairs.map(({ name, apart }) => `${name} ${apart.toFixed(2)}`);
  return `${counted(pairs.length, 'attention map')} of ${length} tokens by ${models[0]} and by ${models[1]}. How far apart, in nats: ${listed(each)}.`;
}

export const tabulateHeadPairs = ({ pairs }: HeadPairs): Table => ({
  columns: ['Head', 'Divergence in nats'],
  rows: pairs.map(({ name, apart }) => [name, apart.toFixed(2)]),
});

/** Squares side by side with room for names at their left; where they would be small, in two rows. */
export function layoutHeadPairs({ models, pairs, length }: HeadPairs, width: number, size: number) {
  const type = Math.max(12, size * 0.9);
  const left = Math.max(...models.map((name) => name.length)) * type * 0.56 + type * 0.6;
  const gap = size * 1.1;
  const edge = (across: number) => (width - left - gap * (across - 1)) / across;
  const across = edge(pairs.length) >= 84 ? pairs.length : Math.max(1, Math.ceil(pairs.length / 2));
  const square = Math.min(edge(across), size * 11);
  const band = square * 2 + type * 4.2;
  return {
    type,
    left,
    square,
    cell: square / length,
    places: pairs.map((_, i) => ({
      x: left + (i % across) * (square + gap),
      y: Math.floor(i / across) * band + type * 1.5,
    })),
    bands: Array.from({ length: Math.ceil(pairs.length / across) }, (_, i) => i * band + type * 1.5),
    height: Math.ceil(pairs.length / across) * band,
  };
}
