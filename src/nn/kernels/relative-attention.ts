import type { Gpu } from '../gpu/gpu.ts';
import { release, whole } from '../gpu/sheet.ts';
import { flatOf, sheetOf, wrap, wrapSheet } from '../gpu/tensors.ts';
import { relativeShift } from '../positions.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import { attend, joinHeads, type Mask, splitHeads } from './attention.ts';
import { extremes, probabilities, type Sizes, scoresGradient } from './attention-programs.ts';
import { weightedSums } from './attention-sums.ts';
import type { Dropout } from './dropout.ts';
import { fuse, type Kernel } from './kernel.ts';
import { columnSums, distanceGradient, kindGradient, queryGradient } from './relative-gradients.ts';
import { kindSums, relativeScores, type Shifts } from './relative-programs.ts';

export interface RelativeOptions {
  readonly heads: number;
  readonly mask: Mask;
  /** [batch, query, key], 1 where the segments differ; with it come two more inputs. */
  readonly other?: Tensor;
  readonly dropout?: Dropout;
}

interface Inputs {
  /** [batch, query, hidden], [batch, key, hidden] and [batch, key, hidden]. */
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  /** [key + query, hidden]: a row a distance, the farthest first. */
  readonly r: Tensor;
  /** What the query is shifted by before it meets contents, distances and segments, each [head, width]. */
  readonly contentShift: Tensor;
  readonly distanceShift: Tensor;
  readonly segmentShift?: Tensor | undefined;
  /** [2, head, width]: the same segment, another one. */
  readonly kinds?: Tensor | undefined;
}

function named([q, k, v, r, contentShift, distanceShift, segmentShift, kinds]: readonly Tensor[]): Inputs {
  return {
    q: q!,
    k: k!,
    v: v!,
    r: r!,
    contentShift: contentShift!,
    distanceShift: distanceShift!,
    segmentShift,
    kinds,
  };
}

function sizesOf({ q, k }: Inputs, heads: number): Sizes {
  const [batch = 1, query = 1, hidden = 1] = q.shape;
  return { batch, heads, query, key: k.shape[1]!, width: hidden / heads / 4, starts: { q: 0, k: 0, v: 0 } };
}

function shiftsOf(gpu: Gpu, inputs: Inputs, other: Tensor | undefined): Shifts {
  const [, query = 1, hidden = 1] = inputs.q.shape;
  const { segmentShift, kinds } = inputs;
  const content = flatOf(gpu, inputs.contentShift, hidden);
  const distance = flatOf(gpu, inputs.distanceShift, hidden);
  if (!other || !segmentShift || !kinds) return { content, distance };
  const keys = other.size / inputs.q.shape[0]! / query;
  const segment = {
    shift: flatOf(gpu, segmentShift, hidden),
    kinds: flatOf(gpu, kinds, hidden),
    other: sheetOf(gpu, other, keys),
  };
  return { content, distance, segment };
}

/** The same in plain ops; scores [batch, head, query, key] are handed to `tap` as probabilities. */
export function plainRelativeAttention(
  inputs: readonly Tensor[],
  { heads, mask, other, dropout }: RelativeOptions,
  tap?: (probabilities: Tensor) => void,
): Tensor {
  const { q, k, v, r, contentShift, distanceShift, segmentShift, kinds } = named(inputs);
  const [batch = 1, query = 1, hidden = 1] = q.shape;
  const keys = k.shape[1]!;
  const width = hidden / heads;
  const asked = splitHeads(q, heads);
  const shifted = (shift: Tensor) => tf.add(asked, tf.reshape(shift, [1, heads, 1, width]));

  const byContent = tf.matMul(shifted(contentShift), splitHeads(k, heads), false, true);
  // Every row of the batch has the same distances: one product a head does for all of them.
  const everyRow = tf.reshape(tf.transpose(shifted(distanceShift), [1, 0, 2, 3]), [heads, batch * query, width]);
  const places = tf.transpose(tf.reshape(r, [keys + query, heads, width]), [1, 0, 2]);
  const far = tf.reshape(tf.matMul(everyRow, places, false, true), [heads, batch, query, keys + query]);
  const byDistance = tf.transpose(relativeShift(far, keys), [1, 0, 2, 3]);
  let scores: Tensor = tf.add(byContent, byDistance);
  if (other && segmentShift && kinds) {
    const both = tf.tile(tf.expandDims(tf.transpose(kinds, [1, 0, 2]), 0), [batch, 1, 1, 1]); // [batch, head, 2, width]
    const byKind = tf.matMul(shifted(segmentShift), both, false, true);
    const [same, different] = tf.split(byKind, 2, -1) as [Tensor, Tensor]; // each [batch, head, query, 1]
    const where = tf.reshape(other, [batch, 1, query, keys]);
    scores = tf.add(scores, tf.add(same, tf.mul(where, tf.sub(different, same))));
  }
  return joinHeads(attend(tf.mul(scores, 1 / Math.sqrt(width)), splitHeads(v, heads), mask, dropout, tap));
}

/**
 * Inputs in the order of `Inputs` → [batch, query, hidden], before the output projection. Dai et al. 2019, §3.3; Yang
 * et al. 2019, §2.5.
 */
export const relativeAttentionKernel: Kernel<RelativeOptions> = {
  reference: plainRelativeAttention,

  supports({ layers, largest }, inputs, { heads }) {
    const { batch, query, width } = sizesOf(named(inputs), heads);
    return Number.isInteger(width) && batch * heads * Math.ceil(query / layers) <= largest;
  },

  forward(gpu, inputs, { heads, mask, other, dropout }) {
    const given = named(inputs);
    const sizes = sizesOf(given, heads);
    const [q, k, v, r] = [given.q, given.k, given.v, given.r].map((tensor) => sheetOf(gpu, tensor));
    const masks = {
      keep: mask.keep && sheetOf(gpu, mask.keep),
      visible: mask.visible && sheetOf(gpu, mask.visible),
    };
    const scored = relativeScores(gpu, { q: q!, k: k!, r: r! }, shiftsOf(gpu, given, other), masks, sizes);
    const stats = extremes(gpu, scored);
    const shares = probabilities(gpu, scored, stats, sizes, dropout);
    const y = weightedSums(gpu, [{ over: 'keys', weights: shares, values: v!, start: 0 }], sizes);
    const value = wrapSheet(y, given.q.shape);
    const kept = [scored, stats, shares].map((sheet) => wrapSheet(sheet, [sheet.rows, sheet.cols]));
    return { value, saved: [...inputs, ...(other ? [other] : []), ...kept, value] };
  },

  gradient(gpu, dy, saved, { heads, other: hasOther, dropout }) {
    const other = hasOther && saved.at(-5)!;
    const inputs = saved.slice(0, other ? -5 : -4);
    const given = named(inputs);
    const sizes = sizesOf(given, heads);
    const hidden = given.q.shape[2]!;
    const [scored, stats, shares, y] = saved.slice(-4).map((tensor) => sheetOf(gpu, tensor));
    const [q, k, v, r] = [given.q, given.k, given.v, given.r].map((tensor) => sheetOf(gpu, tensor));
    const { content, distance, segment } = shiftsOf(gpu, given, other);
    const above = sheetOf(gpu, dy);
    const slopes = scoresGradient(gpu, { dy: above, y: y!, v: v!, scored: scored!, stats: stats! }, sizes, dropout);

    const dk = weightedSums(gpu, [{ over: 'queries', weights: slopes, values: q!, start: 0, shift: content }], sizes);
    const dv = weightedSums(gpu, [{ over: 'queries', weights: shares!, values: above, start: 0 }], sizes);
    const met = { slopes, values: q!, start: 0, of: 'queries' } as const;
    const dr = distanceGradient(gpu, met, distance, sizes);
    const throughContent = weightedSums(gpu, [{ over: 'keys', weights: slopes, values: k!, start: 0 }], sizes);
    const sums = segment && kindSums(gpu, slopes, segment.other, sizes);
    const throughRest = queryGradient(gpu, { slopes, r: r!, sums }, segment?.kinds, sizes);
    const ofContent = columnSums(gpu, throughContent);
    const ofRest = columnSums(gpu, throughRest);
    const dKinds = segment && kindGradient(gpu, { sums: sums!, q: q! }, segment.shift, sizes);

    const pieces = segment ? 2 : 1;
    throughRest.uses = pieces;
    ofRest.sheet.uses = pieces;
    const beside = (i: number) => ({ ...whole(throughRest), col: i * hidden });
    const parts = [whole(throughContent), beside(0), ...(segment ? [beside(1)] : [])];
    const shift = ({ sheet, splits }: typeof ofRest, col: number, of: Tensor) =>
      wrap({ kind: 'parts', parts: [{ ...whole(sheet), col, splits, stride: 1 }], cols: hidden }, of.shape);
    const gradients = [
      wrap({ kind: 'parts', parts, cols: hidden }, given.q.shape),
      wrapSheet(dk, given.k.shape),
      wrapSheet(dv, given.v.shape),
      wrapSheet(dr, given.r.shape),
      shift(ofContent, 0, given.contentShift),
      shift(ofRest, 0, given.distanceShift),
    ];
    if (segment) {
      gradients.push(shift(ofRest, hidden, given.segmentShift!));
      gradients.push(wrap({ kind: 'parts', parts: [whole(dKinds!)], cols: hidden }, given.kinds!.shape));
      release(gpu, sums!);
    }
    release(gpu, slopes);
    return gradients;
  },
};

export const fusedRelativeAttention = fuse(relativeAttentionKernel);
