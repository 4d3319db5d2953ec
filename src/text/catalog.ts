import type { Corpus } from './corpus.ts';

const found = import.meta.glob<{ readonly corpus: Corpus }>('./corpora/*/corpus.ts', { eager: true });

/** Every corpus by id, in the order of the ids, found by folder. */
export const corpora: Readonly<Record<string, Corpus>> = Object.fromEntries(
  Object.values(found)
    .map(({ corpus }) => [corpus.id, corpus] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
