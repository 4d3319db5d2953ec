import type { Example } from '../objectives/objective.ts';

/** The sentence that a page asks a run about; `hidden` counts places of the packed sequence. */
export interface ProbeText {
  readonly sentence: string;
  readonly hidden: readonly number[];
}

/** What a run is asked again and again, so that its answers can be held against one another. */
export interface ProbeRows {
  /** The first one is looked into; of pairs there are several, each judged. */
  readonly examples: readonly Example[];
  /** The first one without noise, [seq]. */
  readonly original: readonly number[];
  /**
   * What a reader who knows the grammar gives: of pairs P(label 0) of each, of hidden tokens P(truth) of each, in the
   * order of their places. Absent where it is not known.
   */
  readonly best?: readonly number[];
  /** Tokens of the sentence that there was no room for; absent: none. */
  readonly cut?: number;
}

/** A token with what a model gives it. */
export interface Share {
  readonly id: number;
  readonly share: number;
}

/** What a model says at one asked place. */
export interface Guess {
  /** Of the sequence without noise. */
  readonly place: number;
  readonly truth: Share;
  /** 1: the truth is the most probable token. */
  readonly rank: number;
  /** e to the entropy: as uncertain as a choice among so many, all equal. */
  readonly among: number;
  /** The most probable ones, first first. */
  readonly top: readonly Share[];
}

/** Numbers as bytes: `data[i] · scale` each. */
export interface Bytes {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int8Array;
  readonly scale: number;
}

/** What a run said and did about its probe after so many updates: all that the lab shows of a step. */
export interface Frame {
  readonly step: number;
  /** Of each token asked for. */
  readonly guesses?: readonly Guess[];
  /** P(label 0) of each pair. */
  readonly verdicts?: readonly number[];
  /** Of each token as it was put to the judge: P(replaced). */
  readonly judged?: readonly Share[];
  /** The text that was written, the end token included: how certain of each, and what would have been the next best. */
  readonly written?: readonly (Share & { readonly next: Share })[];
  /** Attention maps, states and answers of feed-forwards, by their taps. */
  readonly values: Readonly<Record<string, Bytes>>;
}
