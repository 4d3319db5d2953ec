import { texels } from '../../core/textures.ts';
import { flatOf, sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { locate, separate } from './attention.ts';
import { type BlockPlan, countsOf, tableOf } from './block-plan.ts';
import { type BlockSizes, blockExtremes, blockScores, blockShares, blockSlopes, scoreRows } from './block-programs.ts';
import { plainBlockAttention } from './block-reference.ts';
import { type BlockSection, blockSums } from './block-sums.ts';
import { fuse, type Kernel } from './kernel.ts';

export interface BlockOptions {
  /** Who reads whom; it has as many heads as there are. */
  readonly plan: BlockPlan;
  /** [batch, seq], 1 = real; absent: all are. */
  readonly keep?: Tensor;
}

function sizesOf(inputs: readonly Tensor[], { plan }: BlockOptions): BlockSizes {
  const { hidden, q, k, v } = locate(inputs);
  const [batch = 1, seq = 1] = inputs[0]!.shape;
  const heads = plan.rows.length;
  const starts = { q: q.start / 4, k: k.start / 4, v: v.start / 4 };
  return { batch, heads, seq, block: plan.blockSize, ...countsOf(plan), width: hidden / heads / 4, starts };
}

/** The plan as the programs read it; whoever takes it has to keep it. */
const uploaded = (plan: BlockPlan): Tensor => tf.tensor1d(tableOf(plan));

/**
 * Attention in which a block of queries reads a few blocks of keys: what it costs grows with the blocks that are read,
 * and no map of all pairs is formed. Inputs are q, k, v [batch, seq, hidden] side by side or each by itself, as of
 * `attentionKernel` → [batch, seq, hidden]; 0 where a query is padding. Zaheer et al. 2020, §2 and appendix D.
 */
export const blockAttentionKernel: Kernel<BlockOptions> = {
  reference: (inputs, { plan, keep }) => plainBlockAttention(separate(inputs), plan, keep),

  supports(gpu, inputs, options) {
    const sizes = sizesOf(inputs, options);
    const { block, tiles, width } = sizes;
    const [wide, high] = [texels(tiles * block), scoreRows(gpu, sizes) / gpu.layers];
    return Number.isInteger(width) && block % 4 === 0 && Math.max(wide, high) <= gpu.largest;
  },

  forward(gpu, inputs, options) {
    const sizes = sizesOf(inputs, options);
    const { hidden, q, k, v } = locate(inputs);
    const sheets = inputs.map((input) => sheetOf(gpu, input));
    const plan = uploaded(options.plan);
    const { flat: table } = flatOf(gpu, plan);
    const keep = options.keep && sheetOf(gpu, options.keep);
    const scored = blockScores(gpu, { q: sheets[q.index]!, k: sheets[k.index]!, keep, table }, sizes);
    const stats = blockExtremes(gpu, scored, table, sizes);
    const shares = blockShares(gpu, { scored, stats, keep, table }, sizes);
    const context: BlockSection = { over: 'keys', weights: shares, values: sheets[v.index]!, start: sizes.starts.v };
    const value = wrapSheet(blockSums(gpu, [context], table, sizes), [sizes.batch, sizes.seq, hidden]);
    return { value, saved: [...inputs, plan, ...[scored, stats, shares].map(kept), value] };
  },

  gradient(gpu, dy, saved, options) {
    const inputs = saved.slice(0, -5);
    const sizes = sizesOf(inputs, options);
    const { grouping, q, k, v } = locate(inputs);
    const sheets = inputs.map((input) => sheetOf(gpu, input));
    const { flat: table } = flatOf(gpu, saved.at(-5)!);
    const shares = sheetOf(gpu, saved.at(-2)!);
    const y = sheetOf(gpu, saved.at(-1)!);
    const above = sheetOf(gpu, dy);
    const slopes = kept(blockSlopes(gpu, { dy: above, y, v: sheets[v.index]!, shares, table }, sizes));
    const weights = sheetOf(gpu, slopes);
    const { starts } = sizes;
    const sections: Record<'q' | 'k' | 'v', BlockSection> = {
      q: { over: 'keys', weights, values: sheets[k.index]!, start: starts.k },
      k: { over: 'queries', weights, values: sheets[q.index]!, start: starts.q },
      v: { over: 'queries', weights: shares, values: above, start: 0 },
    };
    return grouping.map((group, i) => {
      const parts = group.map((name) => sections[name]);
      return wrapSheet(blockSums(gpu, parts, table, sizes), inputs[i]!.shape);
    });
  },
};

/** A sheet as a tensor, for what frees it. */
const kept = (sheet: ReturnType<typeof blockSums>): Tensor => wrapSheet(sheet, [sheet.rows, sheet.cols]);

export const fusedBlockAttention = fuse(blockAttentionKernel);
