import type { Pattern } from '../core/pattern.ts';
import type { Blocks, Reason } from '../figures/block-grid.ts';
import { type Parts, rowOf } from '../models/bigbird/plan-spec.ts';
import { randomBlocksOf } from '../models/bigbird/random-blocks.ts';

/** What is read of a text of so many blocks. */
export interface BlockChoice {
  readonly blocks: number;
  /** Random blocks a row. */
  readonly random: number;
  readonly parts: Parts | 'full';
}

/** Heads whose random blocks are drawn. */
export const heads = 4;
/** Plans for which no old lengths are kept depend on the number of blocks alone. */
const blockSize = 2;

/** Why each block reads each other, by the model's own rule, in one head of a layer. */
export function reasonsOf({ blocks, random, parts }: BlockChoice, layer: number, head: number): Blocks['cells'] {
  const last = blocks - 1;
  if (parts === 'full') return Array.from({ length: blocks }, () => new Array<Reason>(blocks).fill('any'));
  const hasGlobal = parts === 'published' || parts === 'paper' || parts === 'global';
  const isDrawn = parts === 'published' || parts === 'paper' || parts === 'random';
  const drawn = isDrawn
    ? randomBlocksOf({ blocks, blockSize, randomBlocks: random, heads, maxLength: blocks * blockSize }, layer)[head]!
    : [];
  return Array.from({ length: blocks }, (_, i) => {
    const own = drawn[i - 1] ?? [];
    const read = new Set(rowOf(i, last, hasGlobal, own).map(({ key }) => key));
    return Array.from({ length: blocks }, (_, j): Reason | undefined => {
      if (!read.has(j)) return undefined;
      if (i === j) return 'own';
      if (hasGlobal && (i === 0 || j === 0 || i === last || j === last)) return 'global';
      return Math.abs(i - j) === 1 ? 'window' : 'random';
    });
  });
}

/** Who may see whom, block by block, in one head of each layer. */
export const patternsOfHead = (choice: BlockChoice, layers: number, head: number): readonly Pattern[] =>
  Array.from({ length: layers }, (_, layer) =>
    reasonsOf(choice, layer, head).map((row) => row.map((reason) => reason !== undefined)),
  );
