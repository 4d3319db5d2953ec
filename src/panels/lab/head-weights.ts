import type { Piece } from '../../models/block.ts';

/** A linear map by the names of its weights. */
export interface MapNames {
  readonly weight: string;
  readonly bias?: string | undefined;
  /** Kept [in, head, width], as XLNet does, instead of [out, in]. */
  readonly isRaw?: boolean;
  /** Which of three maps below one another in the weight, as Transformer-XL keeps them; absent: it is one. */
  readonly third?: number;
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
] as const;
/** Raw parameters have no `.weight` behind their name, and no bias. */
const raw = ['q', 'k', 'v'] as const;
/** All three in one. */
const joint = 'qkv_net.weight';

const ending = (parameters: readonly string[], name: string) => parameters.find((one) => one.endsWith(`.${name}`));

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
  const ways = [...spellings.map((names) => names.map(named)), raw.map(bare), ...thirds];
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
