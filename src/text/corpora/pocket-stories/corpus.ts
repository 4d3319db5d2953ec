import type { Corpus } from '../../corpus.ts';

export const corpus: Corpus = {
  id: 'pocket-stories',
  title: 'Pocket stories',
  summary: '480 short stories for children in everyday words.',
  licence: 'CC0 1.0',
  origin: 'Written for this project.',
  card: { license: 'cc0-1.0', language: 'en' },
  vocabularySize: 1000,
  text: async () => (await import('./text.txt?raw')).default,
};
