/** What was learned: the tokens in the order of their ids, and how often each stands in the text. */
export interface Model {
  readonly tokens: readonly string[];
  readonly counts: readonly number[];
  /** Where more than one word in a hundred is unknown: the size of a vocabulary under which it would be none more. */
  readonly enough?: number | undefined;
}
