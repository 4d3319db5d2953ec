import type { Pattern } from '../../core/pattern.ts';
import type { HeadNumbers } from '../../figures/head-inside.ts';
import { softmax } from '../../training/frame.ts';
import type { Snapshot } from '../../training/protocol.ts';

/** How the architectures spell the three linear maps of an attention in their state dicts. */
const spellings = [
  ['query', 'key', 'value'],
  ['q_lin', 'k_lin', 'v_lin'],
  ['q_proj', 'k_proj', 'v_proj'],
] as const;

/** A linear map by the names of its weights. */
export interface MapNames {
  readonly weight: string;
  readonly bias: string | undefined;
}
export interface Projections {
  readonly query: MapNames;
  readonly key: MapNames;
  readonly value: MapNames;
}

/** Query, key and value among the weights of an attention; undefined where it has no such linear maps. */
export function projectionsOf(parameters: readonly string[]): Projections | undefined {
  const find = (ending: string) => parameters.find((name) => name.endsWith(`.${ending}`));
  for (const spelling of spellings) {
    const [query, key, value] = spelling.map((name): MapNames | undefined => {
      const weight = find(`${name}.weight`);
      return weight === undefined ? undefined : { weight, bias: find(`${name}.bias`) };
    });
    if (query && key && value) return { query, key, value };
  }
  return undefined;
}

/** All that the heads of one layer are computed from, for the first row of a batch. */
export interface HeadSource {
  readonly tokens: readonly string[];
  /** What goes into the layer: [batch, seq, hidden]; behind the tokens there may be padding. */
  readonly state: Snapshot;
  /** What the run itself made of it: [batch, head, query, key]. */
  readonly map: Snapshot;
  /** Weights [hidden, hidden] as [out, in], biases [hidden], by the names of `projections`. */
  readonly weights: Readonly<Record<string, Float32Array>>;
  readonly projections: Projections;
  /** Who may see whom among the tokens. */
  readonly pattern: Pattern;
}

/** How many numbers a query, a key and a value of one head have. */
export function headWidth({ state, map, weights, projections }: HeadSource): number {
  const hidden = state.shape.at(-1) ?? 1;
  return (weights[projections.query.weight]?.length ?? 0) / hidden / (map.shape[1] ?? 1);
}

/** One head's part of a linear map, in 64 bits: the states of `count` tokens from place `first` on → [count, width]. */
function projected(source: HeadSource, names: MapNames, head: number, first: number, count: number): Float64Array {
  const { state, weights } = source;
  const width = headWidth(source);
  const hidden = state.shape.at(-1) ?? 1;
  const [weight, bias] = [weights[names.weight], names.bias === undefined ? undefined : weights[names.bias]];
  return Float64Array.from({ length: count * width }, (_, i) => {
    const [place, out] = [first + Math.floor(i / width), head * width + (i % width)];
    let sum = bias?.[out] ?? 0;
    for (let h = 0; h < hidden; h++) sum += weight![out * hidden + h]! * state.data[place * hidden + h]!;
    return sum;
  });
}

/** One head for one query. Vaswani et al. 2017, eq. 1: scores q·k ÷ √width, the mask, softmax, and the values. */
export function headNumbers(source: HeadSource, head: number, query: number): HeadNumbers {
  const { tokens, pattern, projections } = source;
  const numbers = headWidth(source);
  const q = projected(source, projections.query, head, query, 1);
  const k = projected(source, projections.key, head, 0, tokens.length);
  const scores = tokens.map((_, j) => q.reduce((sum, x, c) => sum + x * k[j * numbers + c]!, 0) / Math.sqrt(numbers));
  const mask = tokens.map((_, j) => pattern[query]?.[j] ?? false);
  const shares = softmax(scores.map((score, j) => (mask[j] ? score : Number.NEGATIVE_INFINITY)));
  const values = projected(source, projections.value, head, 0, tokens.length);
  return { tokens, query, scores, mask, shares, values, numbers };
}

/** The largest difference between the shares of a query and what the run itself has there. */
export function departure({ map }: HeadSource, head: number, { query, shares }: HeadNumbers): number {
  const [, , queries = 0, keys = 0] = map.shape;
  const row = map.data.subarray((head * queries + query) * keys, (head * queries + query + 1) * keys);
  return row.reduce((most, share, j) => Math.max(most, Math.abs(share - (shares[j] ?? 0))), 0);
}
