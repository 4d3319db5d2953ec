import { spanPosteriors } from '../objectives/best.ts';
import type { Made } from '../objectives/make.ts';
import type { Recipe } from '../objectives/objective.ts';
import type { HiddenSpan } from '../text/exact.ts';
import type { Data } from './data.ts';
import { restored as restoredIn } from './write-back.ts';

/** What became of hidden spans when held-out text was written back. */
export interface WrittenBack {
  readonly spans: number;
  /** Share restored exactly by greedy decoding. */
  readonly restored: number;
  /**
   * Share that a reader restores who knows the grammar and draws its answer from the exact posterior: E[Σ p²]. Whoever
   * gives the most probable answer is right at least as often, and at most in a share of the square root of it
   * (Jensen).
   */
  readonly posterior?: number;
}

/** Sums up rows of text with what was written for each. */
export function writtenBack(
  rows: readonly { readonly made: Made; readonly spans: readonly HiddenSpan[]; readonly written: readonly number[] }[],
  { exact, vocabulary }: Pick<Data, 'exact' | 'vocabulary'>,
  recipe: Recipe,
): WrittenBack {
  const spans = rows.reduce((sum, row) => sum + row.spans.length, 0);
  const back = rows.reduce((sum, row) => sum + restoredIn(row.made, row.spans, row.written), 0);
  const made = rows.map((row) => row.made);
  const posteriors = exact && spanPosteriors(recipe, made, exact, vocabulary);
  return {
    spans,
    restored: back / Math.max(1, spans),
    posterior: posteriors && posteriors.reduce((sum, p) => sum + p, 0) / Math.max(1, spans),
  };
}
