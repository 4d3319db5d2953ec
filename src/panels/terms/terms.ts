import type { AnyBlueprint } from '../../models/architecture.ts';
import type { Weights } from './numbers.ts';

/** One part of a head's scores, row-major [query, key]. */
export interface ScoreTerm {
  readonly id: string;
  /** `content → place`. */
  readonly name: string;
  readonly map: Float64Array;
}

/** The scores of one head, in parts; their sum is what the softmax is taken of. */
export interface Scores {
  readonly terms: readonly ScoreTerm[];
  readonly total: Float64Array;
}

/** A layer, or a turn of the mask decoder. */
export interface Stage {
  readonly id: string;
  readonly title: string;
}

/** A trained model on one text. */
export interface Reading {
  readonly blueprint: AnyBlueprint;
  readonly config: object;
  readonly weights: Weights;
  readonly ids: readonly number[];
  /** The number of its first place. */
  readonly firstPlace: number;
}

/** How an architecture's scores are taken apart. */
export interface Splitter {
  stages(config: object): readonly Stage[];
  heads(config: object): number;
  /** Of the head of a stage; without padding, dropout or mask. */
  split(reading: Reading, stage: string, head: number): Scores;
}

/** Terms and what they add up to. */
export const summed = (terms: readonly ScoreTerm[]): Scores => ({
  terms,
  total: Float64Array.from(terms[0]?.map ?? [], (_, at) => terms.reduce((sum, { map }) => sum + map[at]!, 0)),
});
