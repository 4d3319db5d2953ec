/** What is known of one position: its id, nothing (`null`), or how likely the sighting is under each id [vocab]. */
export type Sighting = number | null | ArrayLike<number>;

/**
 * How the parts of a sequence may belong together, all hypotheses equally likely. `consecutive`: B follows A.
 * `nsp`: it does, or it is from another story. `sop`: it does, or the two are swapped. `apart`: each segment is of
 * a story of its own. `shuffled`: the sentences are one story's, in any order; the hypotheses are the orders in which
 * they would tell it, sorted, the one seen first.
 */
export type Relation = 'consecutive' | 'nsp' | 'sop' | 'apart' | 'shuffled';

/**
 * A text whose sentence boundaries are known, and how likely what is seen of it is. Positions are those of its
 * sequence.
 */
export interface Scene {
  /** ln P(sightings) in nats; −∞ when the grammar cannot say it. */
  logProbability(sightings: readonly Sighting[]): number;
  /**
   * P(token at the position | all other sightings), [vocab] for each position asked: where it is hidden, its posterior.
   * Undefined when the grammar cannot say what else is seen. All positions together cost little more than one.
   */
  posteriors(sightings: readonly Sighting[], positions: readonly number[]): readonly (Float64Array | undefined)[];
  /** P(hypothesis | sightings) in the order of the relation: for `nsp` and `sop` the first is "B follows A". */
  hypotheses(sightings: readonly Sighting[]): readonly number[] | undefined;
}

/** A run of tokens that one `[MASK]` stands for: its first position and how many they are. */
export interface HiddenSpan {
  readonly start: number;
  readonly length: number;
}

/** P(a span of this length starting where it does | a sentence of that length), both in tokens. */
export type SpanShare = (spanLength: number, sentenceLength: number) => number;

/** What all sentences of a story share, or what goes on from one to the next: all that ties two of them together. */
export type Tie = 'place' | 'hero' | 'weekday';

/** Exact probabilities of texts from a known grammar. */
export interface Exact {
  /**
   * Finds the sentences in a sequence without noise, bare or packed as `[CLS] a [SEP] b [SEP]`. The first sentence of a
   * segment may lack its beginning, the last its end. Undefined when it is no text of the grammar.
   */
  read(ids: readonly number[], relation?: Relation): Scene | undefined;
  /**
   * P(token | all tokens left of it), [vocab] for each position of a sequence; undefined at special tokens and in front
   * of position `from`. How long the current sentence gets is summed over; of which kind it is (opening, day, ending)
   * is known.
   */
  nextTokens(ids: readonly number[], from?: number): readonly (Float64Array | undefined)[] | undefined;
  /**
   * −ln P(ids | ids with each span replaced by one `[MASK]`) in nats, all hidden tokens together. At most one span a
   * sentence, and within it; which sentence it lies in is known, its length is not. Undefined for other spans.
   */
  infillNats(ids: readonly number[], spans: readonly HiddenSpan[], share: SpanShare): number | undefined;
  /**
   * Of which tie each token tells something; none where a word tells of its own sentence only, and at special tokens.
   * Undefined when it is no text of the grammar.
   */
  ties(ids: readonly number[]): readonly (Tie | undefined)[] | undefined;
}
