import { type Draw, mersenneTwister, permuted } from './mersenne-twister.ts';

/** What fixes the random blocks of a layer. */
export interface RandomChoice {
  /** Blocks of the text, padded to whole ones. */
  readonly blocks: number;
  readonly blockSize: number;
  /** Random blocks a row. */
  readonly randomBlocks: number;
  readonly heads: number;
  /** Rows of the position table. */
  readonly maxLength: number;
}

/** Blocks of keys, [head][row]: of the blocks of queries 1 … blocks − 2, which are no global ones. */
export type RandomBlocks = readonly (readonly (readonly number[])[])[];

/** Lengths that keep the plan the paper's models were trained with. */
const oldLengths = [1024, 3072, 4096];

const upTo = (n: number, first = 0): number[] => Array.from({ length: n - first }, (_, i) => first + i);

/** The first allowed of the first 2r + 5 blocks in a random order: every row draws, however far away it is. */
function drawRow(row: number, randomBlocks: number, draw: Draw): number[] {
  const reach = 2 * randomBlocks + 5;
  const isForbidden = (block: number) =>
    Math.abs(block - row) <= 1 ||
    block === 0 ||
    block === reach - 1 ||
    (row === 1 && block === reach - 2) ||
    (row === reach - 2 && block === 1);
  return permuted(upTo(reach), draw)
    .filter((block) => !isForbidden(block))
    .slice(0, randomBlocks);
}

/** The older plan, of one head: rows of the longest text, cut to those there are. Window blocks may be drawn again. */
function drawOldRows({ blocks, blockSize, randomBlocks, maxLength }: RandomChoice, draw: Draw): number[][] {
  const all = Math.floor(maxLength / blockSize);
  const middle = upTo(all - 1, 1);
  const last = 1024 > 2 * blockSize ? Math.floor(1024 / blockSize) - 1 : all - 1;
  const rows = upTo(all - 1, 1).map((row) => {
    const from = () => {
      if (row === 1) return middle.slice(2, last);
      if (row === 2) return middle.slice(3, last);
      const before = row - 2;
      if (row >= all - 3 || before > last) return middle.slice(0, last);
      if (row + 1 === last) return middle.slice(0, before);
      return [...middle.slice(0, before), ...middle.slice(row + 1, last)];
    };
    return permuted(from(), draw).slice(0, randomBlocks);
  });
  return rows.slice(0, blocks - 2);
}

/**
 * The random blocks of a layer as the reference draws them while it trains: from numpy's generator, seeded with the
 * layer's number, so they are the same in every step and for every row of a batch.
 * Departs from Zaheer et al. 2020, §2, as the published code does: drawn are only blocks near the start of the text.
 */
export function randomBlocksOf(choice: RandomChoice, layer: number): RandomBlocks {
  const { blocks, blockSize, randomBlocks, heads } = choice;
  const draw = mersenneTwister(layer);
  const perHead = upTo(heads);
  if (oldLengths.includes(blocks * blockSize)) return perHead.map(() => drawOldRows(choice, draw));
  // Rows outside, heads inside; the last row is drawn and thrown away, after all others.
  const rows = upTo(blocks - 1, 1).map((row) => perHead.map(() => drawRow(row, randomBlocks, draw)));
  return perHead.map((head) => rows.map((drawn) => drawn[head]!));
}
