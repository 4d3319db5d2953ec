import type { Pattern } from '../../core/pattern.ts';
import type { BlockPlan } from '../../nn/block-attention.ts';
import { blocksIn, hasGlobalBlocks, isDrawn, type PlanChoice, rowOf } from './plan-spec.ts';
import { randomBlocksOf } from './random-blocks.ts';

/**
 * What a layer reads of a text so long. Outside training the published code has block 0 in the place of every random
 * one: it counts once more for each of them.
 */
export function planOf(choice: PlanChoice, length: number, layer: number, training: boolean): BlockPlan {
  const { parts, heads, blockSize, randomBlocks } = choice;
  const blocks = blocksIn(choice, length);
  const drawn = isDrawn(choice, training) ? randomBlocksOf({ ...choice, blocks }, layer) : undefined;
  const constant = parts === 'published' ? new Array<number>(randomBlocks).fill(0) : [];
  const rows = Array.from({ length: heads }, (_, head) =>
    Array.from({ length: blocks }, (_, block) =>
      rowOf(block, blocks - 1, hasGlobalBlocks(choice), drawn ? (drawn[head]![block - 1] ?? []) : constant),
    ),
  );
  return { blockSize, rows };
}

/** Who may see whom in a plan, some head or other. */
export function patternOf({ blockSize, rows }: BlockPlan, length: number): Pattern {
  const read = rows[0]!.map((_, block) => new Set(rows.flatMap((head) => head[block]!.map(({ key }) => key))));
  const blockAt = (place: number) => Math.floor(place / blockSize);
  return Array.from({ length }, (_, i) => Array.from({ length }, (_, j) => read[blockAt(i)]!.has(blockAt(j))));
}
