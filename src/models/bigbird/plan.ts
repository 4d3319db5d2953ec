import type { Pattern } from '../../core/pattern.ts';
import type { BlockPlan, Tile } from '../../nn/block-attention.ts';
import { randomBlocksOf } from './random-blocks.ts';

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
function rowOf(block: number, last: number, hasGlobal: boolean, random: readonly number[]): Tile[] {
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
const blocksIn = ({ blockSize }: PlanChoice, length: number): number => Math.ceil(length / blockSize);

/**
 * What a layer reads of a text so long. Outside training the published code has block 0 in the place of every random
 * one: it counts once more for each of them.
 */
export function planOf(choice: PlanChoice, length: number, layer: number, training: boolean): BlockPlan {
  const { parts, heads, blockSize, randomBlocks } = choice;
  const blocks = blocksIn(choice, length);
  const hasGlobal = parts === 'published' || parts === 'paper' || parts === 'global';
  const isDrawn = parts === 'paper' || parts === 'random' || (parts === 'published' && training);
  const drawn = isDrawn ? randomBlocksOf({ ...choice, blocks }, layer) : undefined;
  const constant = parts === 'published' ? new Array<number>(randomBlocks).fill(0) : [];
  const rows = Array.from({ length: heads }, (_, head) =>
    Array.from({ length: blocks }, (_, block) =>
      rowOf(block, blocks - 1, hasGlobal, drawn ? (drawn[head]![block - 1] ?? []) : constant),
    ),
  );
  return { blockSize, rows };
}

/** Whether all layers and heads read the same blocks where nothing is trained. */
export const isAlike = ({ parts }: PlanChoice): boolean => parts !== 'paper' && parts !== 'random';

/** The matrix of scores of a head: a row for each place inside a block, the blocks that are read beside each other. */
export function scoresOf(choice: PlanChoice, length: number): { readonly rows: number; readonly cols: number } {
  if (!isSparse(choice, length)) return { rows: length, cols: length };
  const { blockSize, rows } = planOf({ ...choice, heads: 1 }, length, 0, true);
  return { rows: blockSize, cols: blockSize * rows[0]!.reduce((sum, row) => sum + row.length, 0) };
}

/** Who may see whom in a plan, some head or other. */
export function patternOf({ blockSize, rows }: BlockPlan, length: number): Pattern {
  const read = rows[0]!.map((_, block) => new Set(rows.flatMap((head) => head[block]!.map(({ key }) => key))));
  const blockAt = (place: number) => Math.floor(place / blockSize);
  return Array.from({ length }, (_, i) => Array.from({ length }, (_, j) => read[blockAt(i)]!.has(blockAt(j))));
}
