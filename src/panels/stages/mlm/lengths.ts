import type { Rng } from '../../../core/rng.ts';
import type { Bar } from '../../../figures/histogram.ts';
import { type Made, makeExample } from '../../../objectives/make.ts';
import type { MlmDraws } from '../../../objectives/mlm/index.ts';
import { IGNORE, type Recipe } from '../../../objectives/objective.ts';
import type { Document, Vocabulary } from '../../../text/document.ts';

/** What came of many rows whose words were hidden in runs. */
export interface Lengths {
  /** Runs that were drawn, by their words. */
  readonly bars: readonly Bar[];
  /** What is hidden in all rows. */
  readonly holes: Holes;
  /** The same rows with their words hidden one by one. */
  readonly single: Holes;
  readonly rows: number;
  readonly tokens: number;
}

export interface Holes {
  readonly count: number;
  /** How many of them have another one at their side. */
  readonly beside: number;
}

const holesOf = (all: readonly Made[]): Holes => {
  const rows = all.map(({ example: { labels } }) => labels.map((label) => label !== IGNORE));
  const sum = (counts: (row: readonly boolean[], i: number) => boolean) =>
    rows.reduce((total, row) => total + row.filter((isHole, i) => isHole && counts(row, i)).length, 0);
  return { count: sum(() => true), beside: sum((row, i) => Boolean(row[i - 1] || row[i + 1])) };
};

/** How many words the runs of a row were to have. */
const sizesIn = ({ noise }: Made): readonly number[] =>
  (noise as MlmDraws).steps.flatMap((step) => (step.kind === 'size' ? [step.size] : []));

/** Draws the masks of many rows, in runs of up to `ngram` words, and counts. */
export function lengthsOf(
  documents: readonly Document[],
  vocabulary: Vocabulary,
  recipe: Recipe,
  { rows, ngram }: { readonly rows: number; readonly ngram: number },
  rng: Rng,
): Lengths {
  const made = (longest: number) =>
    Array.from({ length: rows }, (_, row) => {
      const noisingOptions = { ...recipe.noisingOptions, ngram: longest };
      return makeExample(documents, { ...recipe, noisingOptions }, vocabulary, rng.fork(`row ${row}`));
    });
  const all = made(ngram);
  const holes = holesOf(all);
  const drawn = all.flatMap(sizesIn);
  const sizes = Array.from({ length: ngram }, (_, k) => k + 1);
  const whole = sizes.reduce((sum, n) => sum + 1 / n, 0);
  return {
    bars: sizes.map((n) => ({
      label: String(n),
      // Where no run is longer than one word, none is drawn.
      count: ngram === 1 ? holes.count : drawn.filter((size) => size === n).length,
      law: 1 / n / whole,
    })),
    holes,
    single: ngram === 1 ? holes : holesOf(made(1)),
    rows,
    tokens: all.reduce((sum, { sequence }) => sum + sequence.ids.length, 0),
  };
}
