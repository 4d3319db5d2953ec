import type { Tokenizer } from '../document.ts';
import { createVocabulary, withoutMarks } from '../vocabulary.ts';
import { createJoiner } from './byte-merges.ts';
import { spaceLetter, splitParts, toLetters, toText, toWholeText } from './byte-spelling.ts';
import type { Model } from './learned.ts';

/** What a piece shows without the space in front of it; not even one whole character: its letters. */
const bare = (token: string): string => (toWholeText(token) ?? token).replace(/^ (?=.)/s, '');

/**
 * Encodes any text with what was learned; nothing is unknown. Departs from Liu et al. 2019, where a text begins without
 * a space: here one is put in front, so that a word has the same pieces wherever it stands. Special tokens keep the
 * spelling they have everywhere here; spelled out in a text, they become their own id with the white space around them.
 */
export function create({ tokens, counts, merges = [] }: Model, functionWords?: readonly string[]): Tokenizer {
  const vocabulary = createVocabulary(
    tokens,
    counts,
    functionWords?.map((word) => spaceLetter + toLetters(word)),
    bare,
  );
  const specials = tokens.filter((_, id) => vocabulary.isSpecial(id));
  const marks = specials.map((token) => token.replace(/[\][/|\\(){}^$*+?.]/g, '\\$&')).join('|');
  const cuts = new RegExp(`\\s*(${marks})\\s*`, 'u');
  const join = createJoiner(tokens, merges, vocabulary.idOf);
  const known = new Map<string, readonly number[]>();

  function encodePart(part: string): readonly number[] {
    const seen = known.get(part);
    if (seen) return seen;
    const ids = join(Array.from(toLetters(part), (letter) => vocabulary.idOf(letter)!));
    known.set(part, ids);
    return ids;
  }

  /** A text without special tokens. */
  const encodeText = (text: string): readonly number[] =>
    text === '' ? [] : splitParts(` ${text}`).flatMap((part) => encodePart(part));

  const continues = (id: number): boolean =>
    tokens[id] !== undefined && !vocabulary.isSpecial(id) && !tokens[id].startsWith(spaceLetter);

  function decode(ids: readonly number[]): string {
    const runs: string[] = [];
    let letters = '';
    const close = () => {
      if (letters !== '') runs.push(toText(letters).replace(/^ /, ''));
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
    id: 'bytes',
    vocabulary: {
      ...vocabulary,
      wordMark: spaceLetter,
      shown: withoutMarks(tokens, { isSpecial: vocabulary.isSpecial, continues }, bare),
      textOf: decode,
      continues,
    },
    merges,
    encode: (text) => {
      if (!specials.some((token) => text.includes(token))) return [...encodeText(text)];
      return text.split(cuts).flatMap((part, i) => (i % 2 === 1 ? [vocabulary.idOf(part)!] : encodeText(part)));
    },
    decode,
  };
}
