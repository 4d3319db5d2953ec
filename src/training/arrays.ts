import { flatten, type Leaf } from '../core/params.ts';
import { type Extent, flatExtent, type Limits, plainExtent, sheetExtent } from '../core/textures.ts';
import { pairings } from '../objectives/catalog.ts';
import { layout } from './flat.ts';
import { blueprintOf } from './model.ts';
import type { Run } from './run.ts';
import { slotsOf } from './slots.ts';

/** One of the largest arrays of a step, and the texture it lies in. */
export interface StepArray {
  readonly kind: 'tokens' | 'scores' | 'guesses' | 'weights';
  readonly extent: Extent;
}

/** Numbers a token in the widest output of a linear map, which has its bias beside it: a table of words has none. */
function widestMap(leaves: readonly (readonly [string, Leaf])[], hidden: number): number {
  const names = new Set(leaves.map(([name]) => name));
  const maps = leaves.filter(([name, { shape }]) => shape.length === 2 && names.has(name.replace(/weight$/, 'bias')));
  // Query, key and value come out of one product, side by side.
  return Math.max(3 * hidden, ...maps.map(([, { shape }]) => shape[0]!));
}

/** What fixes the sizes of a step. */
export function sizesOf(run: Run, vocabSize: number) {
  const { blueprint, config } = blueprintOf(run, vocabSize);
  const { hidden, heads } = run.model.size;
  const { batchSize: batch, kernels } = run.training;
  const { maxLength: length } = run.recipe;
  const spec = blueprint.spec(config);
  const isFollowed = pairings[run.recipe.pairing]?.follow !== undefined;
  return {
    batch,
    length,
    heads,
    hidden,
    /** Tokens that a query is held against. */
    keys: length + (isFollowed ? (blueprint.remembers?.(config) ?? 0) : 0),
    widest: widestMap(flatten(spec), hidden),
    slots: batch * slotsOf(run),
    vocab: vocabSize,
    weights: layout(spec).length,
    maps: blueprint.taps(config).filter(({ axes }) => axes.includes('head')).length,
    isTaught: run.model.teacher !== undefined && blueprint.teacher !== undefined,
    isPlain: kernels === 'plain',
  };
}
export type Sizes = ReturnType<typeof sizesOf>;

/**
 * Scores of all pairs: in one sheet, where every head's queries begin a new block of rows, or in plain ops where the
 * fused program cannot do it. What is wider there, scores by distance, lies packed in a smaller texture.
 */
function scoresExtent({ batch, heads, hidden, length, keys, isPlain }: Sizes, limits: Limits): Extent {
  const { layers } = limits;
  const sheet = sheetExtent(batch * heads * Math.ceil(length / layers) * layers, keys, limits);
  const isFused = !isPlain && (hidden / heads) % 4 === 0 && sheet.height <= limits.largest;
  return isFused ? sheet : plainExtent(batch * heads * length, keys, limits);
}

/**
 * The largest arrays of a step of a run, training or judging, on a device with such limits. Left out is what fits where
 * these do: a mask for every row, in plain ops, as no row has more tokens than a texture has texels by its layers.
 */
export function arraysOf(sizes: Sizes, limits: Limits): readonly StepArray[] {
  const { batch, length, keys, widest, slots, vocab, weights, isTaught, isPlain } = sizes;
  const matrix = (rows: number, cols: number) =>
    isPlain ? plainExtent(rows, cols, limits) : sheetExtent(rows, cols, limits);
  /** Also read in plain ops: where answers are judged, and where a teacher is followed at every token. */
  const guesses = isTaught ? Math.max(slots, batch * length) : slots;
  const all: readonly (StepArray | false)[] = [
    { kind: 'tokens', extent: matrix(batch * keys, widest) },
    { kind: 'scores', extent: scoresExtent(sizes, limits) },
    { kind: 'guesses', extent: matrix(guesses, vocab) },
    { kind: 'guesses', extent: plainExtent(guesses, vocab, limits) },
    !isPlain && { kind: 'weights', extent: flatExtent(weights) },
    // As one vector when they are kept.
    { kind: 'weights', extent: plainExtent(1, weights, limits) },
  ];
  return all.filter((one) => one !== false);
}
