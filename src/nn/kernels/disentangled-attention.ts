import type { Gpu } from '../gpu/gpu.ts';
import { release } from '../gpu/sheet.ts';
import { sheetOf, wrapSheet } from '../gpu/tensors.ts';
import { relativeShift } from '../positions.ts';
import type { Tensor } from '../tf.ts';
import * as tf from '../tf.ts';
import {
  type AttendOptions,
  attend,
  joinHeads,
  locate,
  maskSheets,
  plainHeads,
  sizesOf as sizesOfHeads,
  splitHeads,
} from './attention.ts';
import { extremes, probabilities, type Sizes, scoresGradient } from './attention-programs.ts';
import { type Section, weightedSums } from './attention-sums.ts';
import { disentangledScores, type ScoreSheets } from './disentangled-scores.ts';
import { fuse, type Kernel } from './kernel.ts';
import { distanceGradient } from './relative-gradients.ts';

/** Terms of a score: content to content, content to position, position to content. */
export interface Terms {
  readonly c2c: boolean;
  readonly c2p: boolean;
  readonly p2c: boolean;
}
export type TermName = keyof Terms;

export interface DisentangledOptions extends AttendOptions {
  readonly terms: Terms;
}

/** Several terms make scores as much larger: He et al. 2021, eq. 4, divide by √(3d) where all three are there. */
const scaleOf = (width: number, { c2c, c2p, p2c }: Terms): number =>
  1 / Math.sqrt(width * Math.max(1, Number(c2c) + Number(c2p) + Number(p2c)));

/** q, k and v as attention takes them, then the projected distances that the terms ask for, each [2 · seq, hidden]. */
function named(inputs: readonly Tensor[], { c2p, p2c }: Terms) {
  const contents = inputs.slice(0, inputs.length - Number(c2p) - Number(p2c));
  const places = inputs.slice(contents.length);
  return { contents, keyPlaces: c2p ? places[0] : undefined, queryPlaces: p2c ? places.at(-1) : undefined };
}

function sizesOf(inputs: readonly Tensor[], { heads, terms }: DisentangledOptions): Sizes {
  const sizes = sizesOfHeads(named(inputs, terms).contents, heads);
  return { ...sizes, scale: scaleOf(sizes.width * 4, terms) };
}

/** The terms that are asked for, scaled, before any mask: each [batch, head, seq, seq]. */
export function scoreTerms(
  inputs: readonly Tensor[],
  { heads, terms }: Pick<DisentangledOptions, 'heads' | 'terms'>,
): ReadonlyMap<TermName, Tensor> {
  const { contents, keyPlaces, queryPlaces } = named(inputs, terms);
  const [q, k] = plainHeads(contents, heads);
  const [batch = 1, , seq = 1, width = 1] = q.shape;
  const found = new Map<TermName, Tensor>();
  const put = (name: TermName, products: Tensor) => found.set(name, tf.mul(products, scaleOf(width, terms)));
  const spread = (places: Tensor) => tf.tile(splitHeads(tf.expandDims(places, 0), heads), [batch, 1, 1, 1]);
  if (terms.c2c) put('c2c', tf.matMul(q, k, false, true));
  if (keyPlaces) put('c2p', relativeShift(tf.matMul(q, spread(keyPlaces), false, true), seq));
  if (queryPlaces) {
    // Seen from the keys the distances run the other way.
    const backwards = tf.reverse(spread(queryPlaces), 2);
    const padded = tf.pad(tf.slice(backwards, [0, 0, 0, 0], [batch, heads, 2 * seq - 1, width]), [
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    put('p2c', tf.transpose(relativeShift(tf.matMul(k, padded, false, true), seq), [0, 1, 3, 2]));
  }
  return found;
}

/** The same in plain ops; probabilities [batch, head, query, key] are handed to `tap`. */
export function plainDisentangledAttention(
  inputs: readonly Tensor[],
  options: DisentangledOptions,
  tap?: (probabilities: Tensor) => void,
): Tensor {
  const { heads, mask, dropout, terms } = options;
  const [q, k, v] = plainHeads(named(inputs, terms).contents, heads);
  const nothing = () => tf.mul(tf.matMul(q, k, false, true), 0);
  const found = [...scoreTerms(inputs, options).values()];
  const scores = found.length > 0 ? found.reduce((a, b) => tf.add(a, b)) : nothing();
  return joinHeads(attend(scores, v, mask, dropout, tap));
}

/** Sheets of what scores are made of, and of the values. */
function sheetsOf(gpu: Gpu, inputs: readonly Tensor[], terms: Terms) {
  const { contents, keyPlaces, queryPlaces } = named(inputs, terms);
  const { q, k, v } = locate(contents);
  const sheets = contents.map((input) => sheetOf(gpu, input));
  const made: ScoreSheets = {
    q: sheets[q.index]!,
    k: sheets[k.index]!,
    keyPlaces: keyPlaces && sheetOf(gpu, keyPlaces),
    queryPlaces: queryPlaces && sheetOf(gpu, queryPlaces),
    contents: terms.c2c,
  };
  return { ...made, v: sheets[v.index]! };
}

/** → [batch, seq, hidden], before the output projection. He et al. 2021, eq. 4. */
export const disentangledAttentionKernel: Kernel<DisentangledOptions> = {
  reference: plainDisentangledAttention,

  supports({ layers, largest }, inputs, options) {
    const { batch, heads, query, width } = sizesOf(inputs, options);
    return Number.isInteger(width) && batch * heads * Math.ceil(query / layers) <= largest;
  },

  forward(gpu, inputs, options) {
    const { mask, dropout, terms } = options;
    const sizes = sizesOf(inputs, options);
    const { v, ...made } = sheetsOf(gpu, inputs, terms);
    const scored = disentangledScores(gpu, made, maskSheets(gpu, mask), sizes);
    const stats = extremes(gpu, scored);
    const shares = probabilities(gpu, scored, stats, sizes, dropout);
    const y = weightedSums(gpu, [{ over: 'keys', weights: shares, values: v, start: sizes.starts.v }], sizes);
    const value = wrapSheet(y, [sizes.batch, sizes.query, sizes.heads * sizes.width * 4]);
    const kept = [scored, stats, shares].map((sheet) => wrapSheet(sheet, [sheet.rows, sheet.cols]));
    return { value, saved: [...inputs, ...kept, value] };
  },

  gradient(gpu, dy, saved, options) {
    const { mask, dropout, terms } = options;
    const inputs = saved.slice(0, -4);
    const sizes = sizesOf(inputs, options);
    const { starts } = sizes;
    const { q, k, v, keyPlaces, queryPlaces } = sheetsOf(gpu, inputs, terms);
    const [scored, stats, shares, y] = saved.slice(-4).map((tensor) => sheetOf(gpu, tensor));
    const above = sheetOf(gpu, dy);
    const steps = { dy: above, y: y!, v, scored: scored!, stats: stats! };
    const slopes = scoresGradient(gpu, steps, sizes, dropout, mask.mutual);

    const content = (sheet: typeof q) => (terms.c2c ? sheet : undefined);
    const sections: Record<'q' | 'k' | 'v', Section> = {
      q: { over: 'keys', weights: slopes, values: content(k), start: starts.k, far: keyPlaces },
      k: { over: 'queries', weights: slopes, values: content(q), start: starts.q, far: queryPlaces },
      v: { over: 'queries', weights: shares!, values: above, start: 0 },
    };
    const { contents } = named(inputs, terms);
    const ofContents = locate(contents).grouping.map((group, i) =>
      wrapSheet(
        weightedSums(
          gpu,
          group.map((name) => sections[name]),
          sizes,
        ),
        contents[i]!.shape,
      ),
    );
    const places = [
      ...(keyPlaces ? [{ slopes, values: q, start: starts.q, of: 'queries' as const }] : []),
      ...(queryPlaces ? [{ slopes, values: k, start: starts.k, of: 'keys' as const }] : []),
    ];
    const ofPlaces = places.map((met, i) =>
      wrapSheet(distanceGradient(gpu, met, undefined, sizes), inputs[contents.length + i]!.shape),
    );
    release(gpu, slopes);
    return [...ofContents, ...ofPlaces];
  },
};

export const fusedDisentangledAttention = fuse(disentangledAttentionKernel);
