import type { Corpus } from '../../../src/text/corpus.ts';

/** The smallest text there can be; only the test next door adds it. */
export const corpus: Corpus = {
  id: 'echo',
  title: 'Calls and echoes',
  summary: 'Five calls and what came back.',
  licence: 'CC0 1.0',
  origin: 'Written for a test.',
  vocabularySize: 200,
  text: async () => (await import('./text.txt?raw')).default,
};
