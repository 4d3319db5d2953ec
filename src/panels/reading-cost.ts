/** A model that reads from left to right, and how it reads. */
export interface Reader {
  readonly layers: number;
  readonly hidden: number;
  readonly vocab: number;
  /** Tokens that are read at once behind the memory. */
  readonly segment: number;
}

/**
 * Multiply-adds forward for every map that is as wide as the model: a query, what attention found and the two
 * feed-forward maps, which are four times as wide; keys and values; the distance of a key.
 */
const maps = { asking: 1 + 1 + 2 * 4, asked: 2, distance: 1 };
/** Of a query and a key: their score, that of their distance, and what is gathered. */
const met = 3;

/** One layer over `queries` tokens that look at `keys`, as it is computed: what the mask forbids is computed too. */
const layer = (hidden: number, queries: number, keys: number): number =>
  hidden * hidden * (queries * maps.asking + keys * (maps.asked + maps.distance)) + hidden * met * queries * keys;

/** Multiply-adds of one predicted word, whose whole window of `window` tokens is read anew for it. */
export const readAnew = ({ layers, hidden, vocab }: Reader, window: number): number =>
  layers * layer(hidden, window, window) + vocab * hidden;

/** Multiply-adds of one predicted word where `memory` tokens are remembered and a segment is read at once. */
export const readOn = ({ layers, hidden, vocab, segment }: Reader, memory: number): number =>
  (layers * layer(hidden, segment, memory + segment)) / segment + vocab * hidden;
