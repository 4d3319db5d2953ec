import type { Pattern } from '../../core/pattern.ts';
import type { Snapshot } from '../../training/protocol.ts';
import { mapped, normed, type Rows, rowsOf } from '../terms/numbers.ts';
import type { ApartNames, MapNames, Narrowing, Projections, RelativeNames } from './head-weights.ts';

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
  /** What leads from the states to what queries and keys, and values, are made of; absent: the states themselves. */
  readonly narrowing?: { readonly looks: Narrowing; readonly values?: Narrowing | undefined } | undefined;
  /** Where distances and segments are heard: by which weights, the segment of each key, and the farthest distance. */
  readonly relative?: RelativeTexts | undefined;
  /** Where contents and places meet apart: by which weights, and of each distance which row of the table it reads. */
  readonly apart?: ApartTexts | undefined;
  /** Who may see whom, a row a query. */
  readonly pattern: Pattern;
}
export interface RelativeTexts extends RelativeNames {
  readonly segments: readonly number[];
  readonly farthest: number;
}
export interface ApartTexts extends ApartNames {
  /** For the distances `keys` … 1 − `keys` of query and key, the farthest first. */
  readonly rows: readonly number[];
  readonly epsilon: number;
}

/** Rows of a snapshot's first text. */
export const rowsFrom = ({ data, shape }: Snapshot, count = shape[1] ?? 0, first = 0): Rows => {
  const width = shape.at(-1) ?? 1;
  return rowsOf(count, width, (row, c) => data[(first + row) * width + c]!);
};

/** A map to fewer numbers and what stands behind it: a norm, or gain and shift alone. Sun et al. 2020, §3.1. */
export function narrowed(x: Rows, weights: HeadSource['weights'], { map, norm, isNormed, epsilon }: Narrowing): Rows {
  const y = mapped(x, weights[map.weight]!, weights[map.bias ?? '']);
  const [gain, shift] = [weights[norm.weight]!, weights[norm.bias]!];
  return isNormed
    ? normed(y, gain, shift, epsilon)
    : rowsOf(y.count, y.width, (row, c) => y.data[row * y.width + c]! * gain[c]! + shift[c]!);
}

/** What queries, keys and values of some rows of states are made of. */
export function lookingRows(source: HeadSource, x: Rows): Rows {
  return source.narrowing ? narrowed(x, source.weights, source.narrowing.looks) : x;
}
export function valueRows(source: HeadSource, x: Rows): Rows {
  const values = source.narrowing?.values;
  return values ? narrowed(x, source.weights, values) : x;
}

const parts = ({ third }: MapNames): number => (third === undefined ? 1 : 3);

/** How many numbers a query, a key and a value of one head have. */
export function headWidth({ state, map, weights, projections, narrowing }: HeadSource): number {
  const bias = narrowing && weights[narrowing.looks.map.bias ?? ''];
  const hidden = bias?.length ?? state.shape.at(-1) ?? 1;
  const { query } = projections;
  return (weights[query.weight]?.length ?? 0) / parts(query) / hidden / (map.shape[1] ?? 1);
}

/** One head's part of a linear map, in 64 bits: [count, hidden] → [count, width]. */
export function projected(source: HeadSource, names: MapNames, head: number, x: Rows): Rows {
  const { bias, isRaw, third = 0, isByHead } = names;
  const width = headWidth(source);
  const weight = source.weights[names.weight]!;
  const shift = bias === undefined ? undefined : source.weights[bias];
  const all = weight.length / x.width;
  const first = isByHead ? (head * 3 + third) * width : (third * all) / 3 + head * width;
  return rowsOf(x.count, width, (row, c) => {
    let sum = shift?.[head * width + c] ?? 0;
    for (let h = 0; h < x.width; h++)
      sum += (isRaw ? weight[h * all + first + c]! : weight[(first + c) * x.width + h]!) * x.data[row * x.width + h]!;
    return sum;
  });
}

/** The row of what asks that stands nearest to a place: a stream may ask at few of them. */
export function nearestRow(places: readonly number[], wanted: number): number {
  const far = places.map((place) => Math.abs(place - wanted));
  return Math.max(0, far.indexOf(Math.min(...far)));
}
