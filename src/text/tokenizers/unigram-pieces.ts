import type { Tokenizer } from '../document.ts';
import { createVocabulary, withoutMarks } from '../vocabulary.ts';
import type { Model } from './learned.ts';
import { bestPath, type Scored, unknownScore } from './unigram-path.ts';
import { spaceSign, splitUnigram, unsplit } from './unigram-spelling.ts';

/** What a piece shows without the sign of the space in front of it. */
const bare = (token: string): string => token.replace(/^\u2581(?=.)/s, '');

/**
 * Encodes with what was learned: each word in the way that is most probable, its pieces drawn independently (Kudo 2018,
 * §3.2). Letters keep their case, as in XLNet; special tokens keep the spelling they have everywhere here, and spelled
 * out in a text they become their own id with the white space around them.
 */
export function create({ tokens, counts, scores = [] }: Model, functionWords?: readonly string[]): Tokenizer {
  const vocabulary = createVocabulary(
    tokens,
    counts,
    functionWords?.map((word) => spaceSign + word),
    bare,
  );
  const specials = tokens.filter((_, id) => vocabulary.isSpecial(id));
  const marks = specials.map((token) => token.replace(/[\][/|\\(){}^$*+?.]/g, '\\$&')).join('|');
  const cuts = new RegExp(`\\s*(${marks})\\s*`, 'u');
  const spelled = tokens.flatMap((token, id) => (vocabulary.isSpecial(id) ? [] : [[token, id] as const]));
  const pieces: Scored = {
    ids: new Map(spelled),
    scores,
    longest: spelled.reduce((longest, [token]) => Math.max(longest, [...token].length), 1),
  };
  const unknown = unknownScore(scores);
  const known = new Map<string, readonly number[]>();

  function encodeWord(word: string): readonly number[] {
    const seen = known.get(word);
    if (seen) return seen;
    const ids = bestPath(word, pieces, unknown).map((id) => (id === -1 ? vocabulary.unknownId : id));
    known.set(word, ids);
    return ids;
  }
  const encodeText = (text: string): readonly number[] => splitUnigram(text).flatMap(encodeWord);

  const continues = (id: number): boolean =>
    tokens[id] !== undefined && !vocabulary.isSpecial(id) && !tokens[id].startsWith(spaceSign);

  function decode(ids: readonly number[]): string {
    const runs: string[] = [];
    let letters = '';
    const close = () => {
      if (letters !== '') runs.push(unsplit(letters));
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
    id: 'unigram',
    vocabulary: {
      ...vocabulary,
      wordMark: spaceSign,
      shown: withoutMarks(tokens, { isSpecial: vocabulary.isSpecial, continues }, bare),
      textOf: decode,
      continues,
    },
    scores,
    encode: (text) => {
      if (!specials.some((token) => text.includes(token))) return [...encodeText(text)];
      return text.split(cuts).flatMap((part, i) => (i % 2 === 1 ? [vocabulary.idOf(part)!] : encodeText(part)));
    },
    decode,
  };
}
