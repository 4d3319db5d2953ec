import type { Corpus } from '../../corpus.ts';
import { classesOf, titles } from './classes.ts';

/** Loaded with the text: a page that shows a stored run needs no word of it. */
const grammar = () => import('./grammar.ts');

export const corpus: Corpus = {
  id: 'lost-and-found',
  title: 'Lost and found',
  summary: 'Stories drawn from a small grammar: the best possible loss can be proved.',
  licence: 'CC0 1.0',
  origin: 'Made for this project.',
  card: { license: 'cc0-1.0', language: 'en' },
  vocabularySize: 192,
  functionWords: async () => (await grammar()).functionWords,
  text: async () => (await import('./stories.ts')).drawStories((await import('./story.ts')).drawStory),
  exact: async (vocabulary) => (await import('./exact.ts')).createExact(vocabulary),
  classes: classesOf(titles, async () => (await grammar()).allWords),
};
