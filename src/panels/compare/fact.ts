import type { PaperId } from '../../core/papers.ts';

/** Who says it: a paper and the place in it; `code` and `readme` are what was published with that paper. */
export type Origin = readonly [paper: PaperId, where: string];

/** What a reader must know of a number beside its source. */
export type Mark = 'single' | 'ensemble' | 'second-hand' | 'not verified' | 'our product';

/** What stands in one cell. */
export interface Fact {
  readonly text: string;
  /** What it is sorted by. */
  readonly number?: number;
  readonly from: readonly Origin[];
  readonly marks?: readonly Mark[];
  /** What the number counts, where the column's name does not say it. */
  readonly note?: string;
  /** What is often told instead. */
  readonly told?: string;
  /** Two cells that say this are equal, whatever their words; absent: they are if their numbers or their words are. */
  readonly alike?: string;
}

export const fact = (text: string, from: Origin | readonly Origin[], more: Omit<Fact, 'text' | 'from'> = {}): Fact => ({
  text,
  from: typeof from[0] === 'string' ? [from as Origin] : (from as readonly Origin[]),
  ...more,
});

/** A result as its number says it. */
export const result = (
  number: number,
  from: Origin | readonly Origin[],
  more: Omit<Fact, 'text' | 'from' | 'number'> & { readonly text?: string } = {},
): Fact => fact(more.text ?? number.toFixed(1), from, { number, marks: ['single'], ...more });

export const markWords: Readonly<Record<Mark, string>> = {
  single: 'one model',
  ensemble: 'several models vote',
  'second-hand': 'second-hand: read in another work, look once more before you rely on it',
  'not verified': 'not verified: no source could be checked',
  'our product': 'our product of steps, rows and their length: at most so many',
};
