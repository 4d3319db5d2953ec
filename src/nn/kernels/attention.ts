import type { Gpu } from '../gpu/gpu.ts';
import { sheetOf, wrapSheet } from '../gpu/tensors.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { extremes, type MaskSheets, probabilities, type Sizes, scores, scoresGradient } from './attention-programs.ts';
import { type Section, weightedSums } from './attention-sums.ts';
import { type Dropout, dropout } from './dropout.ts';
import { fuse, type Kernel } from './kernel.ts';

/** Who may be seen: keep [batch, key] 1 = real; visible [query, key] or [batch, query, key] 1 = may attend. */
export interface Mask {
  readonly keep?: Tensor;
  readonly visible?: Tensor;
  /** Whether `keep` is of queries, too: padding then sees nothing, and looks at everything alike. */
  readonly mutual?: boolean;
}

/**
 * Added to the score of a key that may not be seen; exp of it is exactly 0 in fp32 and it is finite, so a row never
 * turns NaN.
 */
const hiddenScore = -1e9;

export interface AttendOptions {
  readonly heads: number;
  readonly mask: Mask;
  readonly dropout?: Dropout;
}

/** [batch, seq, hidden] → [batch, head, seq, width]; head a owns columns a·width … . */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch = 1, seq = 1, hidden = 1] = x.shape;
  return tf.transpose(tf.reshape(x, [batch, seq, heads, hidden / heads]), [0, 2, 1, 3]);
}

/** [batch, head, seq, width] → [batch, seq, hidden]. */
export function joinHeads(x: Tensor): Tensor {
  const [batch = 1, heads = 1, seq = 1, width = 1] = x.shape;
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [batch, seq, heads * width]);
}

/** 1 where a query may see a key, 0 elsewhere: [batch | 1, 1, query | 1, key]. */
function seenBy({ keep, visible, mutual }: Mask): Tensor | undefined {
  const terms: Tensor[] = [];
  if (keep) terms.push(tf.reshape(keep, [keep.shape[0]!, 1, 1, keep.shape[1]!]));
  if (keep && mutual) terms.push(tf.reshape(keep, [keep.shape[0]!, 1, keep.shape[1]!, 1]));
  if (visible) {
    const [rows = 1, columns = 1] = visible.shape.slice(-2);
    terms.push(tf.reshape(visible, [visible.rank === 3 ? visible.shape[0]! : 1, 1, rows, columns]));
  }
  // One term where anything hides it, never a sum of two.
  return terms.length === 0 ? undefined : terms.reduce((a, b) => tf.mul(a, b));
}

const biasOf = (seen: Tensor): Tensor => tf.mul(tf.sub(1, seen), hiddenScore);

/** The mask as a term of the scores: [batch | 1, 1, query | 1, key]. */
export function maskBias(mask: Mask): Tensor | undefined {
  const seen = seenBy(mask);
  return seen && biasOf(seen);
}

/**
 * Softmax of scores and its product with the values: scores [batch, head, query, key], values [batch, head, key,
 * width].
 */
export function attend(
  scores: Tensor,
  values: Tensor,
  mask: Mask,
  drop?: Dropout,
  tap?: (probabilities: Tensor) => void,
): Tensor {
  const seen = seenBy(mask);
  // Where a query may see nothing its scores must not shine through.
  const own = seen && mask.mutual ? tf.mul(scores, seen) : scores;
  const shares = tf.softmax(seen ? tf.add(own, biasOf(seen)) : scores);
  tap?.(shares);
  return tf.matMul(dropout(shares, drop), values);
}

/** How many of q, k, v stand side by side in each input: [q k v], [q] [k v] or [q] [k] [v]. */
type Grouping = readonly (readonly ('q' | 'k' | 'v')[])[];
const groupings: Readonly<Record<number, Grouping>> = {
  1: [['q', 'k', 'v']],
  2: [['q'], ['k', 'v']],
  3: [['q'], ['k'], ['v']],
};

/** Finds q, k and v in the inputs: the sheet's number and its first column, in numbers. */
export function locate(inputs: readonly Tensor[]) {
  const grouping = groupings[inputs.length]!;
  const hidden = inputs[0]!.shape[2]! / grouping[0]!.length;
  const find = (name: 'q' | 'k' | 'v') => {
    const index = grouping.findIndex((group) => group.includes(name));
    return { index, start: grouping[index]!.indexOf(name) * hidden };
  };
  return { grouping, hidden, q: find('q'), k: find('k'), v: find('v') };
}

/** q, k and v as tensors of their own, each [batch, seq, hidden]. */
export function separate(inputs: readonly Tensor[]): [Tensor, Tensor, Tensor] {
  const { hidden, ...places } = locate(inputs);
  const take = (name: 'q' | 'k' | 'v') => {
    const { index, start } = places[name];
    const x = inputs[index]!;
    const [batch = 1, seq = 1, all = 1] = x.shape;
    return all === hidden ? x : tf.slice(x, [0, 0, start], [batch, seq, hidden]);
  };
  return [take('q'), take('k'), take('v')];
}

/** The same by heads, each [batch, head, seq, width]. */
export function plainHeads(inputs: readonly Tensor[], heads: number): readonly [q: Tensor, k: Tensor, v: Tensor] {
  const [q, k, v] = separate(inputs);
  return [splitHeads(q, heads), splitHeads(k, heads), splitHeads(v, heads)];
}

/** Sizes of an attention by its q, k and v. */
export function sizesOf(inputs: readonly Tensor[], heads: number): Sizes {
  const { hidden, q, k, v } = locate(inputs);
  const [batch = 1, query = 1] = inputs[0]!.shape;
  const starts = { q: q.start / 4, k: k.start / 4, v: v.start / 4 };
  return { batch, heads, query, key: inputs.at(-1)!.shape[1]!, width: hidden / heads / 4, starts };
}

export function maskSheets(gpu: Gpu, { keep, visible, mutual }: Mask): MaskSheets {
  return { keep: keep && sheetOf(gpu, keep), visible: visible && sheetOf(gpu, visible), mutual };
}

/**
 * Inputs of attention from its projections: q, k, v side by side [batch, seq, 3 hidden], or q and [k v], or each by
 * itself.
 */
export const attentionKernel: Kernel<AttendOptions> = {
  reference(inputs, { heads, mask, dropout: drop }) {
    const [q, k, v] = plainHeads(inputs, heads);
    const dots = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(q.shape[3]!));
    return joinHeads(attend(dots, v, mask, drop));
  },

  supports({ layers, largest }, inputs, { heads }) {
    const { batch, query, width } = sizesOf(inputs, heads);
    return Number.isInteger(width) && batch * heads * Math.ceil(query / layers) <= largest;
  },

  forward(gpu, inputs, { heads, mask, dropout: drop }) {
    const sizes = sizesOf(inputs, heads);
    const { hidden, q, k, v } = locate(inputs);
    const sheets = inputs.map((input) => sheetOf(gpu, input));
    const scored = scores(gpu, sheets[q.index]!, sheets[k.index]!, maskSheets(gpu, mask), sizes);
    const stats = extremes(gpu, scored);
    const shares = probabilities(gpu, scored, stats, sizes, drop);
    const context: Section = { over: 'keys', weights: shares, values: sheets[v.index]!, start: sizes.starts.v };
    const y = weightedSums(gpu, [context], sizes);
    const value = wrapSheet(y, [sizes.batch, sizes.query, hidden]);
    const kept = [scored, stats, shares].map((sheet) => wrapSheet(sheet, [sheet.rows, sheet.cols]));
    return { value, saved: [...inputs, ...kept, value] };
  },

  gradient(gpu, dy, saved, { heads, dropout: drop }) {
    const inputs = saved.slice(0, -4);
    const sizes = sizesOf(inputs, heads);
    const { grouping, q, k, v } = locate(inputs);
    const sheets = inputs.map((input) => sheetOf(gpu, input));
    const [scored, stats, shares, y] = saved.slice(-4).map((tensor) => sheetOf(gpu, tensor));
    const above = sheetOf(gpu, dy);
    const ofScores = wrapSheet(
      scoresGradient(gpu, { dy: above, y: y!, v: sheets[v.index]!, scored: scored!, stats: stats! }, sizes, drop),
      [scored!.rows, scored!.cols],
    );
    const weights = sheetOf(gpu, ofScores);
    const { starts } = sizes;
    const sections: Record<'q' | 'k' | 'v', Section> = {
      q: { over: 'keys', weights, values: sheets[k.index]!, start: starts.k },
      k: { over: 'queries', weights, values: sheets[q.index]!, start: starts.q },
      v: { over: 'queries', weights: shares!, values: above, start: 0 },
    };
    return grouping.map((group, i) =>
      wrapSheet(
        weightedSums(
          gpu,
          group.map((name) => sections[name]),
          sizes,
        ),
        inputs[i]!.shape,
      ),
    );
  },
};

export const fusedAttention = fuse(attentionKernel);
