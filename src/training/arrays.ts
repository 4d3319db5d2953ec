import { flatten, type Leaf, sizeOf } from '../core/params.ts';
import { batchesOf } from '../core/stacks.ts';
import { type Extent, fits, flatExtent, type Limits, plainExtent, sheetExtent } from '../core/textures.ts';
import type { AnyBlueprint } from '../models/architecture.ts';
import { pairings } from '../objectives/catalog.ts';
import { layout } from './flat.ts';
import { blueprintOf } from './model.ts';
import type { Run } from './run.ts';
import { muonOf } from './schedule.ts';
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

/** What some of a model's weights write, in numbers for one token that they read. */
export interface Writing {
  /** The outputs of all maps, and of those behind which an activation stands: the widest. */
  readonly mapped: number;
  readonly activated: number;
  /** The outputs of all norms, and the width of one. */
  readonly normed: number;
  readonly width: number;
  /** Attentions. */
  readonly attentions: number;
}

/** A map's weight is [out, in], or [in, head, width] in XLNet's state dict. */
const outputsOf = ({ shape }: Leaf): number => (shape.length === 2 ? shape[0]! : sizeOf(shape.slice(1)));

/** Of a layer with so many attentions, or of heads, of which one has an activation. */
function writingOf(leaves: readonly Leaf[], attentions?: number): Writing {
  const outputs = leaves.filter(({ shape }) => shape.length > 1).map(outputsOf);
  const gains = leaves.filter(({ init }) => init.kind === 'ones');
  const widest = Math.max(0, ...outputs);
  return {
    mapped: outputs.reduce((sum, n) => sum + n, 0),
    activated: attentions === undefined ? widest : widest * outputs.filter((n) => n === widest).length,
    normed: gains.reduce((sum, { shape }) => sum + shape[0]!, 0),
    width: gains[0]?.shape[0] ?? 0,
    attentions: attentions ?? Math.max(0, gains.length - 1),
  };
}

/** The outermost numbered part that a weight stands in: `encoder.layer.0.ffn.1.dense.bias` → `encoder.layer.0`. */
const numbered = (name: string): string | undefined => /^(.*?\.\d+)\./.exec(name)?.[1];

/** The layers among those parts: a layer has a norm. */
const layersIn = (leaves: readonly (readonly [string, Leaf])[]): readonly string[] => [
  ...new Set(leaves.flatMap(([name, { init }]) => (init.kind === 'ones' ? (numbered(name) ?? []) : []))),
];

/** What each layer writes, and what the heads behind them do; the tables of words, which write nothing, in numbers. */
function partsOf(leaves: readonly (readonly [string, Leaf])[], attentionsOfOne: number) {
  const names = new Set(leaves.map(([name]) => name));
  const parts = layersIn(leaves);
  const layerOf = (name: string) => parts.find((part) => name.startsWith(`${part}.`));
  const layers = new Map<string, Leaf[]>();
  const heads: Leaf[] = [];
  let tables = 0;
  for (const [name, leaf] of leaves) {
    const layer = layerOf(name);
    if (layer) layers.set(layer, [...(layers.get(layer) ?? []), leaf]);
    else if (leaf.shape.length < 2 || names.has(name.replace(/weight$/, 'bias'))) heads.push(leaf);
    else tables += sizeOf(leaf.shape);
  }
  return {
    layers: [...layers.values()].map((own) => writingOf(own, attentionsOfOne)),
    answering: writingOf(heads),
    tables,
  };
}

/** How often something is laid out for layers to go through: once for each stack that reads a text of its own. */
const stacksOf = ({ taps }: Pick<AnyBlueprint, 'taps'>, config: object): number =>
  Math.max(1, taps(config).filter(({ name, axes }) => name.endsWith('hidden.0') && !axes.includes('slot')).length);

/** Attention maps of a training step: all, and those of a stream that reads slots, which then gives the answers. */
function mapsOf({ taps }: Pick<AnyBlueprint, 'taps'>, config: object) {
  const all = taps(config);
  const maps = all.filter(({ axes }) => axes.includes('key'));
  const ofSlots = maps.filter(({ name }) => {
    const hidden = name.replace('attention', 'hidden');
    return all.some((tap) => tap.name === hidden && tap.axes.includes('slot'));
  });
  /** Times that a layer is passed, by tokens that are read. */
  const passed = all.filter(({ name, axes }) => /hidden\.[1-9]\d*$/.test(name) && !axes.includes('slot')).length;
  return {
    // Behind the last layer nobody reads the other stream.
    maps: maps.length - (ofSlots.length > 0 ? 1 : 0),
    slotMaps: ofSlots.length,
    passes: passed - (ofSlots.length > 0 ? 1 : 0),
    attentionsOfOne: (maps.length - ofSlots.length) / passed,
  };
}

/** What fixes the sizes of a step. */
export function sizesOf(run: Run, vocabSize: number) {
  const { blueprint, config } = blueprintOf(run, vocabSize);
  const { hidden, heads } = run.model.size;
  const { batchSize: batch, kernels } = run.training;
  const { maxLength: length } = run.recipe;
  const spec = blueprint.spec(config);
  const plan = layout(spec, { orthogonal: muonOf(run, blueprint.keepAdam)?.moves });
  const leaves = flatten(spec);
  const questions = Object.values(blueprint.questions);
  const maps = mapsOf(blueprint, config);
  const isFollowed = pairings[run.recipe.pairing]?.follow !== undefined;
  const keys = length + (isFollowed ? (blueprint.remembers?.(config) ?? 0) : 0);
  return {
    batch,
    length,
    heads,
    hidden,
    /** Tokens that a query is held against. */
    keys,
    /** Of each head and row of the batch. */
    scores: blueprint.scores?.(config, length) ?? { rows: length, cols: keys },
    widest: widestMap(leaves, hidden),
    slots: batch * slotsOf(run),
    vocab: vocabSize,
    weights: plan.length,
    /** What Muon moves. */
    matrices: plan.stacks,
    ...partsOf(leaves, maps.attentionsOfOne),
    ...maps,
    stacks: stacksOf(blueprint, config),
    /** Whether a head reads every token. */
    isAskedEverywhere: questions.some(({ per, kind }) => per === 'token' && kind !== 'match'),
    /** Whether guesses are drawn from, for another model to judge. */
    isSampled: questions.some(({ owner }) => owner !== undefined),
    isTaught: run.model.teacher !== undefined && blueprint.teacher !== undefined,
    isPlain: kernels === 'plain',
  };
}
export type Sizes = ReturnType<typeof sizesOf>;

/**
 * Scores of all pairs that meet: in one sheet, where every head's queries begin a new block of rows, or in plain ops
 * where the fused program cannot do it. What is wider there, scores by distance, lies packed in a smaller texture.
 */
function scoresExtent({ batch, heads, hidden, scores, isPlain }: Sizes, limits: Limits): Extent {
  const { layers } = limits;
  const { rows, cols } = scores;
  const sheet = sheetExtent(batch * heads * Math.ceil(rows / layers) * layers, cols, limits);
  const isFused = !isPlain && (hidden / heads) % 4 === 0 && fits(sheet, limits);
  return isFused ? sheet : plainExtent(batch * heads * rows, cols, limits);
}

/** The matrices that Muon moves, lying down below one another, and their Gram matrices. */
const muonExtents = ({ matrices }: Sizes, limits: Limits): readonly Extent[] =>
  batchesOf(matrices, limits.layers).flatMap(({ side, rows, parts }) => [
    ...parts.map(({ count, rows: high, cols }) => sheetExtent(count * side, Math.max(high, cols), limits)),
    sheetExtent(rows, side, limits),
  ]);

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
    ...(isPlain ? [] : muonExtents(sizes, limits)).map((extent) => ({ kind: 'weights' as const, extent })),
  ];
  return all.filter((one) => one !== false);
}
