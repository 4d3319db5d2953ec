import type { Piece } from '../../models/block.ts';

/** A linear map by the names of its weights. */
export interface MapNames {
  readonly weight: string;
  readonly bias?: string | undefined;
  /** Kept [in, head, width], as XLNet does, instead of [out, in]. */
  readonly isRaw?: boolean;
  /** Which of three maps in the weight; absent: it is one. */
  readonly third?: number;
  /** Of three whether they lie head by head, as DeBERTa keeps them, not below one another, as Transformer-XL does. */
  readonly isByHead?: boolean;
}
export interface Projections {
  readonly query: MapNames;
  readonly key: MapNames;
  readonly value: MapNames;
}
/** What scores by distance and by segment are made of beside the query, each [head, width] but for the map. */
export interface RelativeNames {
  readonly places: MapNames;
  /** What the query is shifted by before it meets contents, distances and segments: u, v and s of the papers. */
  readonly contentShift: string;
  readonly distanceShift: string;
  readonly segmentShift?: string | undefined;
  /** [2, head, width]: the same segment, another one. */
  readonly kinds?: string | undefined;
}

/** How the architectures spell the three linear maps of an attention in their state dicts. */
const spellings = [
  ['query', 'key', 'value'],
  ['q_lin', 'k_lin', 'v_lin'],
  ['q_proj', 'k_proj', 'v_proj'],
  ['query_proj', 'key_proj', 'value_proj'],
] as const;
/** Raw parameters have no `.weight` behind their name, and no bias. */
const raw = ['q', 'k', 'v'] as const;
/** All three in one: one below the other, or head by head. */
const joint = 'qkv_net.weight';
const byHead = 'in_proj.weight';
/** Of those that lie head by head the keys have no bias. */
const headBiases = ['q_bias', undefined, 'v_bias'] as const;

/** The name among some that ends so. */
export const ending = (parameters: readonly string[], name: string) =>
  parameters.find((one) => one.endsWith(`.${name}`));

/** Query, key and value among the weights of an attention; undefined where it has no such linear maps. */
export function projectionsOf(parameters: readonly string[]): Projections | undefined {
  const named = (name: string): MapNames | undefined => {
    const weight = ending(parameters, `${name}.weight`);
    return weight === undefined ? undefined : { weight, bias: ending(parameters, `${name}.bias`) };
  };
  const bare = (name: string): MapNames | undefined => {
    const weight = ending(parameters, name);
    return weight === undefined ? undefined : { weight, isRaw: true };
  };
  const together = ending(parameters, joint);
  const thirds = together === undefined ? [] : [raw.map((_, third): MapNames => ({ weight: together, third }))];
  const inBands = ending(parameters, byHead);
  const banded = (weight: string) =>
    headBiases.map(
      (bias, third): MapNames => ({ weight, bias: bias && ending(parameters, bias), third, isByHead: true }),
    );
  const bands = inBands === undefined ? [] : [banded(inBands)];
  const ways = [...spellings.map((names) => names.map(named)), raw.map(bare), ...thirds, ...bands];
  const [query, key, value] = ways.find((maps) => maps.every((map) => map !== undefined)) ?? [];
  return query && key && value && { query, key, value };
}

/** What is heard of distances and segments in the scores of a block; undefined where only contents are. */
export function relativeOf(pieces: readonly Piece[]): RelativeNames | undefined {
  const all = pieces.flatMap(({ parameters }) => parameters);
  const [places, contentShift, distanceShift] = ['r', 'r_w_bias', 'r_r_bias'].map((name) => ending(all, name));
  const weight = places ?? ending(all, 'r_net.weight');
  if (!weight || !contentShift || !distanceShift) return undefined;
  return {
    places: { weight, isRaw: places !== undefined },
    contentShift,
    distanceShift,
    segmentShift: ending(all, 'r_s_bias'),
    kinds: ending(all, 'seg_embed'),
  };
}

/** What scores are made of where contents and places meet apart. */
export interface ApartNames {
  /** Whether contents meet contents. */
  readonly isContent: boolean;
  /** The table of distances, a row a distance, and the norm behind it, where there is one. */
  readonly table: string;
  readonly norm?: NormNames | undefined;
  /** The maps of distances that queries meet, and that meet keys; absent: they do not. */
  readonly queryPlaces?: MapNames | undefined;
  readonly keyPlaces?: MapNames | undefined;
  /** Whether what asks is the states with absolute places added. */
  readonly isPlaced: boolean;
}
export interface NormNames {
  readonly weight: string;
  readonly bias: string;
}
/** A map to fewer numbers, and what stands behind it: a norm, or its gain and shift alone. */
export interface Narrowing {
  readonly map: MapNames;
  readonly norm: NormNames;
  readonly isNormed: boolean;
  readonly epsilon: number;
}

/** A linear map of these names, the one that ends so. */
export function mapOf(parameters: readonly string[], name: string): MapNames | undefined {
  const weight = ending(parameters, `${name}.weight`);
  return weight === undefined ? undefined : { weight, bias: ending(parameters, `${name}.bias`) };
}

export function normOf(parameters: readonly string[]): NormNames | undefined {
  const [weight, bias] = parameters;
  return weight === undefined || bias === undefined ? undefined : { weight, bias };
}

/**
 * Where contents and places meet apart: by the terms that its scores are looked at in. `owner`: the pieces of the block
 * with the weights; `all`: those of all blocks.
 */
export function apartOf(
  pieces: readonly Piece[],
  owner: readonly Piece[],
  all: readonly Piece[],
  isPlaced: boolean,
): ApartNames | undefined {
  const terms = pieces.find(({ title }) => title === 'scores')?.taps.map((tap) => tap.split('.').at(-2));
  if (!terms) return undefined;
  const titled = (some: readonly Piece[], wanted: string) => some.find(({ title }) => title === wanted);
  const of = titled(owner, 'relative places');
  const names = [...(of?.parameters ?? []), ...(of?.borrows ?? [])];
  const first = (...spelled: readonly string[]) => spelled.flatMap((name) => mapOf(names, name) ?? [])[0];
  return {
    isContent: terms.includes('c2c'),
    table: titled(all, 'distance table')?.parameters[0] ?? '',
    norm: normOf(titled(all, 'norm of distances')?.parameters ?? []),
    queryPlaces: terms.includes('c2p') ? first('pos_proj', 'pos_key_proj', 'key_proj') : undefined,
    keyPlaces: terms.includes('p2c') ? first('pos_q_proj', 'pos_query_proj', 'query_proj') : undefined,
    isPlaced,
  };
}

/** The narrowing of a layer that is called so, where it has one. */
export function narrowingOf(
  pieces: readonly Piece[],
  called: string,
  { norm: kind, epsilon = 0 }: { readonly norm?: string; readonly epsilon?: number },
): Narrowing | undefined {
  const at = pieces.findIndex(({ title }) => title === called);
  const [map, norm] = [mapOf(pieces[at]?.parameters ?? [], 'dense'), normOf(pieces[at + 1]?.parameters ?? [])];
  return map && norm && { map, norm, isNormed: kind !== 'no_norm', epsilon };
}
