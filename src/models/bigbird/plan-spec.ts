import type { Tile } from '../../nn/block-attention.ts';

/**
 * Which blocks there are beside a block's own and its two neighbours. `published`: global ones, and random ones while
 * it is trained, as the reference has it. The others are the same at all times: `paper` with global and random ones.
 */
export type Parts = 'published' | 'paper' | 'global' | 'random' | 'window';

/** What fixes the plans of a model. */
export interface PlanChoice {
  readonly attention: 'block_sparse' | 'original_full';
  readonly blockSize: number;
  readonly randomBlocks: number;
  readonly parts: Parts;
  readonly heads: number;
  readonly maxLength: number;
}

/** Texts that are no longer than the blocks which a row might read, with as many random ones again, are read whole. */
export const isSparse = ({ attention, blockSize, randomBlocks }: PlanChoice, length: number): boolean =>
  attention === 'block_sparse' && length > (5 + 2 * randomBlocks) * blockSize;

const one = (key: number): Tile => ({ key, isMutual: false });
const both = (key: number): Tile => ({ key, isMutual: true });

/** The blocks that a block of queries reads, the random ones beside them. Zaheer et al. 2020, §2 and appendix D. */
export function rowOf(block: number, last: number, hasGlobal: boolean, random: readonly number[]): Tile[] {
  const drawn = random.map(both);
  if (!hasGlobal) {
    const near = [block - 1, block, block + 1].filter((key) => key >= 0 && key <= last);
    return [...near.map(both), ...drawn];
  }
  if (block === 0 || block === last) return Array.from({ length: last + 1 }, (_, key) => one(key));
  // Next to an end a neighbour is global itself, and the reference masks the others as it does that one.
  if (block === 1) return [...[0, 1, 2, last].map(one), ...drawn];
  if (block === last - 1) return [...[0, last - 2, last - 1, last].map(one), ...drawn];
  return [one(0), ...[block - 1, block, block + 1].map(both), ...drawn, one(last)];
}

/** How many blocks there are: the text is padded to whole ones. */
export const blocksIn = ({ blockSize }: PlanChoice, length: number): number => Math.ceil(length / blockSize);

/** Whether there are global blocks. */
export const hasGlobalBlocks = ({ parts }: PlanChoice): boolean =>
  parts === 'published' || parts === 'paper' || parts === 'global';

/** Whether random blocks are drawn; else the published code has block 0 in the place of each. */
export const isDrawn = ({ parts }: PlanChoice, training: boolean): boolean =>
  parts === 'paper' || parts === 'random' || (parts === 'published' && training);

/** Whether all layers and heads read the same blocks where nothing is trained. */
export const isAlike = ({ parts }: PlanChoice): boolean => parts !== 'paper' && parts !== 'random';

/** The matrix of scores of a head: a row for each place inside a block, the blocks that are read beside each other. */
export function scoresOf(choice: PlanChoice, length: number): { readonly rows: number; readonly cols: number } {
  if (!isSparse(choice, length)) return { rows: length, cols: length };
  const { blockSize, randomBlocks } = choice;
  const last = blocksIn(choice, length) - 1;
  // Which blocks are drawn does not matter here, but how many: none for the first and the last.
  const drawn = new Array<number>(isDrawn(choice, true) ? randomBlocks : 0).fill(0);
  const read = Array.from({ length: last + 1 }, (_, block) =>
    rowOf(block, last, hasGlobalBlocks(choice), block > 0 && block < last ? drawn : []),
  );
  return { rows: blockSize, cols: blockSize * read.reduce((sum, row) => sum + row.length, 0) };
}
