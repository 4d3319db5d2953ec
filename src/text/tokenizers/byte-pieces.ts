import type { Tokenizer } from '../document.ts';
import { createJoiner } from './byte-merges.ts';
import { spaceLetter, splitParts, toLetters, toText, toWholeText } from './byte-spelling.ts';
import type { Model } from './learned.ts';
import { createMarked, remembering } from './marked-spaces.ts';

/** What a piece shows without the space in front of it; not even one whole character: its letters. */
const bare = (token: string): string => (toWholeText(token) ?? token).replace(/^ (?=.)/s, '');

/**
 * Encodes any text with what was learned; nothing is unknown. Departs from Liu et al. 2019, where a text begins without
 * a space: here one is put in front, so that a word has the same pieces wherever it stands.
 */
export function create(model: Model, functionWords?: readonly string[]): Tokenizer {
  const { tokens, merges = [] } = model;
  const marked = createMarked(model, functionWords, {
    id: 'bytes',
    sign: spaceLetter,
    letters: toLetters,
    bare,
    text: (letters) => toText(letters).replace(/^ /, ''),
    encoder: ({ idOf }) => {
      const join = createJoiner(tokens, merges, idOf);
      const encodePart = remembering((part) => join(Array.from(toLetters(part), (letter) => idOf(letter)!)));
      return (text) => (text === '' ? [] : splitParts(` ${text}`).flatMap((part) => encodePart(part)));
    },
  });
  return { ...marked, merges };
}
