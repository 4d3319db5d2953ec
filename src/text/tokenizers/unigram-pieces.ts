import type { Tokenizer } from '../document.ts';
import type { Model } from './learned.ts';
import { createMarked, remembering } from './marked-spaces.ts';
import { bestPath, type Scored, unknownScore } from './unigram-path.ts';
import { spaceSign, splitUnigram, unsplit } from './unigram-spelling.ts';

/** What a piece shows without the sign of the space in front of it. */
const bare = (token: string): string => token.replace(/^\u2581(?=.)/s, '');

/**
 * Encodes with what was learned: each word in the way that is most probable, its pieces drawn independently (Kudo 2018,
 * §3.2). Letters keep their case, as in XLNet.
 */
export function create(model: Model, functionWords?: readonly string[]): Tokenizer {
  const { tokens, scores = [] } = model;
  const marked = createMarked(model, functionWords, {
    id: 'unigram',
    sign: spaceSign,
    letters: (word) => word,
    bare,
    text: unsplit,
    encoder: ({ isSpecial, unknownId }) => {
      const spelled = tokens.flatMap((token, id) => (isSpecial(id) ? [] : [[token, id] as const]));
      const pieces: Scored = {
        ids: new Map(spelled),
        scores,
        longest: spelled.reduce((longest, [token]) => Math.max(longest, [...token].length), 1),
      };
      const unknown = unknownScore(scores);
      const encodeWord = remembering((word) =>
        bestPath(word, pieces, unknown).map((id) => (id === -1 ? unknownId : id)),
      );
      return (text) => splitUnigram(text).flatMap(encodeWord);
    },
  });
  return { ...marked, scores };
}
