import type { Corpus } from '../../corpus.ts';
import { classesOf, dayTitles } from '../lost-and-found/classes.ts';

const grammar = () => import('../lost-and-found/grammar.ts');

/**
 * The grammar's stories without opening and ending, for questions about pairs: every sentence names its place, and none
 * tells by its kind where in the story it stands. Only so are the two hypotheses about a pair all there is to know.
 */
export const corpus: Corpus = {
  id: 'lost-and-found-days',
  title: 'Lost and found, days only',
  summary: 'Stories without their first and last sentence: every sentence names its place.',
  licence: 'CC0 1.0',
  origin: 'Made for this project.',
  card: { license: 'cc0-1.0', language: 'en' },
  vocabularySize: 192,
  functionWords: async () => (await grammar()).functionWords,
  text: async () =>
    (await import('../lost-and-found/stories.ts')).drawStories((await import('../lost-and-found/story.ts')).drawWindow),
  exact: async (vocabulary) =>
    (await import('../lost-and-found/exact.ts')).createExact(vocabulary, (await grammar()).dayWords),
  classes: classesOf(dayTitles, async () => (await grammar()).dayWords),
};
