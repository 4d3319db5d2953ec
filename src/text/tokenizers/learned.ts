/** Two pieces, by their ids, that become one. */
export type Joined = readonly [left: number, right: number];

/** What was learned: the tokens in the order of their ids, and how often each stands in the text. */
export interface Model {
  readonly tokens: readonly string[];
  readonly counts: readonly number[];
  /** Where more than one word in a hundred is unknown: the size of a vocabulary under which it would be none more. */
  readonly enough?: number | undefined;
  /** Where pieces are joined in an order: which, the first one first. */
  readonly merges?: readonly Joined[];
  /** Where a word is cut in its most probable way: how probable each token is, as a logarithm; 0 for special ones. */
  readonly scores?: readonly number[];
}
