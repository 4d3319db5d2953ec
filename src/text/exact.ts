/** What is known of one position: its id, nothing (`null`), or how likely the sighting is under each id [vocab]. */
export type Sighting = number | null | ArrayLike<number>;

/**
 * How two segments of a packed sequence may belong together. `consecutive`: B follows A. `nsp`: it does, or it is from
 * another story, equally likely. `sop`: it does, or the two are swapped, equally likely.
 */
export type Relation = 'consecutive' | 'nsp' | 'sop';

/** A text whose sentence boundaries are known, with every hypothesis of how its sentences belong together. */
export interface Scene {
  /** Positions of the sequence it was read from. */
  readonly length: number;
}

/** Exact probabilities of texts from a known grammar. Positions are those of the sequence given to `read`. */
export interface Exact {
  readonly vocabularySize: number;
  /**
   * Finds the sentences in a sequence without noise, bare or packed as `[CLS] a [SEP] b [SEP]`. The first sentence of a
   * segment may lack its beginning, the last its end. Undefined when it is no text of the grammar.
   */
  read(ids: readonly number[], relation?: Relation): Scene | undefined;
  /** ln P(sightings) in nats; −∞ when the grammar cannot say it. */
  logProbability(scene: Scene, sightings: readonly Sighting[]): number;
  /**
   * P(token at the position | all other sightings), [vocab] for each position asked: where the position is hidden, its
   * posterior. Undefined when the grammar cannot say what is seen.
   */
  posteriors(
    scene: Scene,
    sightings: readonly Sighting[],
    positions: readonly number[],
  ): readonly Float64Array[] | undefined;
  /** P(first hypothesis: B follows A | sightings), for `nsp` and `sop`. */
  pairPosterior(scene: Scene, sightings: readonly Sighting[]): number | undefined;
}
