import { createTurns, type Progress, type Turns } from '../../core/turns.ts';
import type { Tokenizer } from '../document.ts';
import { bertSpecials, continuation, createVocabulary } from '../vocabulary.ts';
import { piecesToKnow } from './alphabet.ts';
import { piecesOf, splitWord } from './pieces.ts';
import { learnPieces } from './wordpiece-trainer.ts';
import { countWords, splitWords } from './words.ts';

export const id = 'wordpiece';

/** What was learned: the tokens in the order of their ids, and how often each stands in the text. */
export interface Model {
  readonly tokens: readonly string[];
  readonly counts: readonly number[];
  /** Where more than one word in a hundred is unknown: the size of a vocabulary under which it would be none more. */
  readonly enough?: number | undefined;
}

/** Below this share of unknown words there is nothing to say about the vocabulary. */
const bearable = 0.01;

/**
 * Learns a vocabulary of at most `size` tokens from a text, special tokens included: ids 0 … 4. If every distinct word
 * fits, each is one token. Otherwise the most frequent pair of pieces becomes a piece until the vocabulary is full.
 * Departs from Schuster & Nakajima 2012, which merge by likelihood: counts, as in the Hugging Face trainer, cut far
 * fewer words at these sizes.
 */
export async function train(
  text: string,
  size: number,
  onProgress: Progress = () => undefined,
  turns: Turns = createTurns(),
): Promise<Model> {
  // Counting the words takes about as long as merging them: half of the way each.
  const words = await countWords(text, (done, of) => onProgress(done, 2 * of), turns);
  const room = size - bertSpecials.length;
  const learned = await learnPieces(words, room, (done, of) => onProgress(of + done, 2 * of), turns);
  const tokens = [...bertSpecials, ...learned];
  const pieces = piecesOf(tokens);
  const counts = tokens.map(() => 0);
  const unknown = tokens.indexOf('[UNK]');
  let cut = 0;
  let met = 0;
  for (const [word, count] of words) {
    for (const piece of splitWord(word, pieces) ?? [unknown]) counts[piece]! += count;
    met += count;
    if (++cut % 512 === 0) await turns();
  }
  const isBearable = counts[unknown]! <= bearable * met;
  const enough = isBearable ? 0 : bertSpecials.length + (await piecesToKnow(words, bearable, turns));
  onProgress(1, 1);
  return { tokens, counts, enough: enough > size ? enough : undefined };
}

/** Encodes with what was learned. Special tokens spelled out in the text (`[MASK]`) become their own id. */
export function create({ tokens, counts }: Model, functionWords?: readonly string[]): Tokenizer {
  const vocabulary = createVocabulary(tokens, counts, functionWords);
  const pieces = piecesOf(tokens);
  const specials = new Map(tokens.flatMap((token, i) => (vocabulary.isSpecial(i) ? [[token, i] as const] : [])));
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
    encode: (text) =>
      cutAt([...specials.keys()], text).flatMap((part) => {
        const special = specials.get(part);
        return special === undefined ? splitWords(part).flatMap(encodeWord) : [special];
      }),
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
