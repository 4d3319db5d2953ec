import type { Tokenizer, Vocabulary } from '../document.ts';
import { createVocabulary, withoutMarks } from '../vocabulary.ts';
import type { Model } from './learned.ts';

/** How a tokenizer spells its pieces, each of which holds the sign of the space in front of it. */
export interface Spelling {
  readonly id: string;
  /** The sign that a piece begins with where a word begins. */
  readonly sign: string;
  /** A word of a text in the letters of the pieces, without the sign. */
  readonly letters: (word: string) => string;
  /** What a piece shows without the sign. */
  readonly bare: (token: string) => string;
  /** Letters of pieces as text. */
  readonly text: (letters: string) => string;
  /** Encodes a text without special tokens. */
  readonly encoder: (vocabulary: Vocabulary) => (text: string) => readonly number[];
}

/**
 * A tokenizer whose words are told by signs of spaces. Special tokens keep the spelling they have everywhere here;
 * spelled out in a text, they become their own id with the white space around them.
 */
export function createMarked(
  { tokens, counts }: Model,
  functionWords: readonly string[] | undefined,
  { id, sign, letters: lettersOf, bare, text: textOf, encoder }: Spelling,
): Tokenizer {
  const vocabulary = createVocabulary(
    tokens,
    counts,
    functionWords?.map((word) => sign + lettersOf(word)),
    bare,
  );
  const specials = tokens.filter((_, id) => vocabulary.isSpecial(id));
  const marks = specials.map((token) => token.replace(/[\][/|\\(){}^$*+?.]/g, '\\$&')).join('|');
  const cuts = new RegExp(`\\s*(${marks})\\s*`, 'u');
  const encodeText = encoder(vocabulary);

  const continues = (id: number): boolean =>
    tokens[id] !== undefined && !vocabulary.isSpecial(id) && !tokens[id].startsWith(sign);

  function decode(ids: readonly number[]): string {
    const runs: string[] = [];
    let letters = '';
    const close = () => {
      if (letters !== '') runs.push(textOf(letters));
      letters = '';
    };
    for (const id of ids) {
      const token = tokens[id] ?? tokens[vocabulary.unknownId]!;
      if (!vocabulary.isSpecial(id) && tokens[id] !== undefined) letters += token;
      else {
        close();
        runs.push(token);
      }
    }
    close();
    return runs.join(' ');
  }

  return {
    id,
    vocabulary: {
      ...vocabulary,
      wordMark: sign,
      shown: withoutMarks(tokens, { isSpecial: vocabulary.isSpecial, continues }, bare),
      textOf: decode,
      continues,
    },
    encode: (text) => {
      if (!specials.some((token) => text.includes(token))) return [...encodeText(text)];
      return text.split(cuts).flatMap((part, i) => (i % 2 === 1 ? [vocabulary.idOf(part)!] : encodeText(part)));
    },
    decode,
  };
}

/** The same for one word or part of a text each time it comes. */
export function remembering(encode: (part: string) => readonly number[]): (part: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (part) => {
    const seen = known.get(part);
    if (seen) return seen;
    const ids = encode(part);
    known.set(part, ids);
    return ids;
  };
}
