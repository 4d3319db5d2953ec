import type { Vocabulary } from './document.ts';

/** The id of the token that is this whole word; undefined where the word is cut. */
export const idOfWord = ({ idOf, wordMark = '' }: Vocabulary, word: string): number | undefined =>
  idOf(wordMark + word);
