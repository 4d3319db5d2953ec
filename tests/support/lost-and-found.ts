import { createExact } from '../../src/text/corpora/lost-and-found/exact.ts';
import { allWords, functionWords } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { bertSpecials, createVocabulary } from '../../src/text/vocabulary.ts';

const tokens = [...bertSpecials, ...allWords];

/** The grammar's words, each one token. */
export const vocabulary = createVocabulary(
  tokens,
  tokens.map(() => 1),
  functionWords,
);
export const exact = createExact(vocabulary)!;

export const idOf = (word: string): number => vocabulary.idOf(word)!;
export const toIds = (text: string): number[] => text.split(' ').map(idOf);
/** `_` is hidden. */
export const toSightings = (text: string): (number | null)[] =>
  text.split(' ').map((word) => (word === '_' ? null : idOf(word)));
/** 0 … n−1. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
