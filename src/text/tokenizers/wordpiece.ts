import type { Tokenizer } from '../document.ts';
import { continuation, createVocabulary } from '../vocabulary.ts';
import type { Model } from './learned.ts';
import { piecesOf, splitWord } from './pieces.ts';
import type { trainWordpiece } from './wordpiece-trainer.ts';
import { splitWords } from './words.ts';

export const id = 'wordpiece';
export const name = 'WordPiece';
/** How many more rows than a corpus proposes its table needs. */
export const more = 0;
/** The smallest table: the special tokens and one piece. */
export const least = 6;

/** `trainWordpiece`; loaded when it is asked for, since a page leaves learning to a worker. */
export const train: typeof trainWordpiece = async (...text) => {
  const trainer = await import('./wordpiece-trainer.ts');
  return trainer.trainWordpiece(...text);
};

/** Encodes with what was learned. Special tokens spelled out in the text (`[MASK]`) become their own id. */
export function create({ tokens, counts }: Model, functionWords?: readonly string[]): Tokenizer {
  const vocabulary = createVocabulary(tokens, counts, functionWords);
  const pieces = piecesOf(tokens);
  const specials = new Map(tokens.flatMap((token, i) => (vocabulary.isSpecial(i) ? [[token, i] as const] : [])));
  const marks = [...specials.keys()];
  const known = new Map<string, readonly number[]>();

  function encodeWord(word: string): readonly number[] {
    const seen = known.get(word);
    if (seen) return seen;
    const ids = splitWord(word, pieces) ?? [vocabulary.unknownId];
    known.set(word, ids);
    return ids;
  }

  return {
    id,
    vocabulary,
    encode: (text) => {
      const ids: number[] = [];
      for (const part of cutAt(marks, text)) {
        const special = specials.get(part);
        if (special !== undefined) ids.push(special);
        else for (const word of splitWords(part)) ids.push(...encodeWord(word));
      }
      return ids;
    },
    decode: (ids) => joinTokens(ids.map((token) => tokens[token] ?? tokens[vocabulary.unknownId]!)),
  };
}

/** The text in parts; each of the `marks` is a part of its own. */
function cutAt(marks: readonly string[], text: string): string[] {
  if (!marks.some((mark) => text.includes(mark))) return [text];
  const escaped = marks.map((mark) => mark.replace(/[\][/|\\(){}^$*+?.]/g, '\\$&'));
  return text.split(new RegExp(`(${escaped.join('|')})`));
}

/** Words separated by a single space, continuing pieces joined to what they continue. */
export function joinTokens(tokens: readonly string[]): string {
  return tokens.reduce((text, token) => {
    if (text && token.startsWith(continuation) && token.length > continuation.length) {
      return text + token.slice(continuation.length);
    }
    return text ? `${text} ${token}` : token;
  }, '');
}
