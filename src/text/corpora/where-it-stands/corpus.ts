import type { Corpus } from '../../corpus.ts';

/** A text of which one word a row hangs on nothing but the place where it stands. */
export const corpus: Corpus = {
  id: 'where-it-stands',
  title: 'Where it stands',
  summary: 'Syllables at random; a number among them tells where in its row it stands.',
  licence: 'CC0 1.0',
  origin: 'Made for this project.',
  card: { license: 'cc0-1.0', language: 'en' },
  vocabularySize: 192,
  functionWords: async () => (await import('./rows.ts')).syllables,
  text: async () => (await import('./rows.ts')).drawRows(),
};
