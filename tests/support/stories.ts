import type { Document } from '../../src/text/document.ts';
import { ids } from './toy-vocabulary.ts';

/** A document of sentences in toy tokens. */
export const document = (...sentences: readonly string[]): Document => ({
  sentences: sentences.map((sentence) => ids(sentence)),
});

/** The three documents of the worked examples. */
export const stories: readonly Document[] = [
  document('the cat sat .', 'it was big .', 'the cat ran .', 'it ran far .'),
  document('the sun rose .', 'it was hot .', 'the city was red .'),
  document('new york is big .', 'a dog sat on the rug .'),
];
