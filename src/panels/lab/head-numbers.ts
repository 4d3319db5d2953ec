import type { Pattern } from '../../core/pattern.ts';
import type { HeadNumbers, Term } from '../../figures/head-inside.ts';
import { within, writeDistance } from '../../models/shared/distance.ts';
import { softmax } from '../../training/frame.ts';
import type { Snapshot } from '../../training/protocol.ts';
import type { MapNames, Projections, RelativeNames } from './head-weights.ts';

/** All that the heads of one attention are computed from, for the first row of a batch. */
export interface HeadSource {
  /** The keys. */
  readonly tokens: readonly string[];
  /** What asks, a token a row of the map, and its place; `isElsewhere`: in another text than the keys. */
  readonly askers: readonly string[];
  readonly places: readonly number[];
  readonly isElsewhere: boolean;
  /** What keys and values are made of: [batch, key, hidden]; behind the tokens there may be padding. */
  readonly state: Snapshot;
  /** What the queries are made of: [batch, query, hidden]. */
  readonly asking: Snapshot;
  /** What the run itself made of them: [batch, head, query, key]. */
  readonly map: Snapshot;
  /** Weights and biases by the names of `projections`. */
  readonly weights: Readonly<Record<string, Float32Array>>;
  readonly projections: Projections;
  /** Where distances and segments are heard: by which weights, the segment of each key, and the farthest distance. */
  readonly relative?: RelativeTexts | undefined;
  /** Who may see whom, a row a query. */
  readonly pattern: Pattern;
}
export interface RelativeTexts extends RelativeNames {
  readonly segments: readonly number[];
  readonly farthest: number;
}

/** How many numbers a query, a key and a value of one head have. */
export function headWidth({ state, map, weights, projections }: HeadSource): number {
  const hidden = state.shape.at(-1) ?? 1;
  const { weight, third } = projections.query;
  return (weights[weight]?.length ?? 0) / (third === undefined ? 1 : 3) / hidden / (map.shape[1] ?? 1);
}

/** One head's part of a linear map, in 64 bits: `count` rows of states from row `first` on → [count, width]. */
function projected(
  source: HeadSource,
  { weight: name, bias, isRaw, third }: MapNames,
  head: number,
  { data, shape }: Snapshot,
  first: number,
  count: number,
): Float64Array {
  const width = headWidth(source);
  const hidden = shape.at(-1) ?? 1;
  const [weight, shift] = [source.weights[name]!, bias === undefined ? undefined : source.weights[bias]];
  const all = weight.length / hidden;
  const top = third === undefined ? 0 : (third * all) / 3;
  return Float64Array.from({ length: count * width }, (_, i) => {
    const [row, out] = [first + Math.floor(i / width), head * width + (i % width)];
    let sum = shift?.[out] ?? 0;
    for (let h = 0; h < hidden; h++)
      sum += (isRaw ? weight[h * all + out]! : weight[(top + out) * hidden + h]!) * data[row * hidden + h]!;
    return sum;
  });
}

/** Sinusoids of the distances from a place to each key: [key, hidden]. */
function distancesFrom(place: number, keys: number, hidden: number, farthest: number): Snapshot {
  const data = new Float32Array(keys * hidden);
  for (let j = 0; j < keys; j++) writeDistance(data, j * hidden, within(place - j, farthest), hidden);
  return { shape: [keys, hidden], data };
}

/** What a score sums, each ÷ √width. Vaswani et al. 2017, eq. 1; Dai et al. 2019, §3.3; Yang et al. 2019, §2.5. */
function termsOf(source: HeadSource, head: number, row: number, q: Float64Array, k: Float64Array): readonly Term[] {
  const { tokens, weights, relative, places, state } = source;
  const width = q.length;
  const shifted = (name: string | undefined) => q.map((x, c) => x + (weights[name ?? '']?.[head * width + c] ?? 0));
  const against = (asked: Float64Array, vectors: ArrayLike<number>, at: (key: number) => number) =>
    tokens.map((_, j) => asked.reduce((sum, x, c) => sum + x * vectors[at(j) + c]!, 0) / Math.sqrt(width));
  const content = { title: 'content', values: against(shifted(relative?.contentShift), k, (j) => j * width) };
  if (!relative) return [content];
  const from = places[row] ?? 0;
  const far = distancesFrom(from, tokens.length, state.shape.at(-1) ?? 1, relative.farthest);
  const r = projected(source, relative.places, head, far, 0, tokens.length);
  const distance = { title: 'distance', values: against(shifted(relative.distanceShift), r, (j) => j * width) };
  const kinds = relative.kinds === undefined ? undefined : weights[relative.kinds];
  if (!kinds) return [content, distance];
  const { segments } = relative;
  const isOther = (j: number) => Number(segments[from] !== segments[j]);
  const all = kinds.length / 2;
  const kindAt = (j: number) => isOther(j) * all + head * width;
  return [content, distance, { title: 'segment', values: against(shifted(relative.segmentShift), kinds, kindAt) }];
}

/** One head for one row of its map: scores, the mask, softmax, and the values. */
export function headNumbers(source: HeadSource, head: number, row: number): HeadNumbers {
  const { tokens, askers, places, isElsewhere, pattern, projections, state, asking } = source;
  const [q, keys, values] = [
    projected(source, projections.query, head, asking, row, 1),
    projected(source, projections.key, head, state, 0, tokens.length),
    projected(source, projections.value, head, state, 0, tokens.length),
  ];
  const terms = termsOf(source, head, row, q, keys);
  const scores = tokens.map((_, j) => terms.reduce((sum, term) => sum + term.values[j]!, 0));
  const mask = tokens.map((_, j) => pattern[row]?.[j] ?? false);
  const hidden = state.shape.at(-1) ?? 1;
  return {
    tokens,
    query: places[row] ?? 0,
    asker: isElsewhere ? askers[row] : undefined,
    state: { values: state.data.subarray(0, tokens.length * hidden), width: hidden },
    asked: q,
    keys,
    terms,
    scores,
    mask,
    shares: softmax(scores.map((score, j) => (mask[j] ? score : Number.NEGATIVE_INFINITY))),
    values,
    numbers: q.length,
  };
}

/** The largest difference between the shares of a row and what the run itself has there. */
export function departure({ map }: HeadSource, head: number, row: number, { shares }: Pick<HeadNumbers, 'shares'>) {
  const [, , queries = 0, keys = 0] = map.shape;
  const own = map.data.subarray((head * queries + row) * keys, (head * queries + row + 1) * keys);
  return own.reduce((most, share, j) => Math.max(most, Math.abs(share - (shares[j] ?? 0))), 0);
}
