import { AppError } from '../core/errors.ts';
import type { Vocabulary } from '../text/document.ts';
import { spaceSign } from '../text/tokenizers/unigram-spelling.ts';

const metaspace = { type: 'Metaspace', replacement: spaceSign, prepend_scheme: 'always', split: true };

/** What `tokenizer.json` says of unigram pieces: each with its score, in the order of their ids. */
export const unigramPipeline = ({ tokens, unknownId }: Vocabulary, scores: readonly number[]) => ({
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'NFKC' },
      { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
      { type: 'Strip', strip_left: true, strip_right: true },
    ],
  },
  pre_tokenizer: metaspace,
  decoder: metaspace,
  model: {
    type: 'Unigram',
    unk_id: unknownId,
    byte_fallback: false,
    vocab: tokens.map((token, id) => [token, scores[id] ?? 0]),
  },
});

/** The pieces of a Unigram model and their scores. Throws `AppError('bad-file')` where they are no such list. */
export function readScores(vocab: unknown): { readonly tokens: readonly string[]; readonly scores: readonly number[] } {
  const pairs = Array.isArray(vocab) ? vocab : [];
  const fits = pairs.every((pair) => Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number');
  if (!fits || pairs.length === 0)
    throw new AppError(
      'bad-file',
      'The Unigram model in tokenizer.json is no list of pieces, each with its score. Export it again.',
    );
  return { tokens: pairs.map(([token]) => token as string), scores: pairs.map(([, score]) => score as number) };
}
