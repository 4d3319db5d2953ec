import { AppError } from '../core/errors.ts';
import type { Vocabulary } from '../text/document.ts';
import type { Joined } from '../text/tokenizers/learned.ts';

/** Bytes to letters and back, with GPT-2's first cut. */
const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };

/**
 * What `tokenizer.json` says of byte pieces. A text begins with a space that is taken off again: put there whatever it
 * begins with, where RoBERTa's own option leaves out those that begin with one, and so cannot give them back.
 */
export const bytePipeline = ({ tokens }: Vocabulary, merges: readonly Joined[]) => ({
  normalizer: { type: 'Prepend', prepend: ' ' },
  pre_tokenizer: byteLevel,
  decoder: { type: 'Sequence', decoders: [byteLevel, { type: 'Strip', content: ' ', start: 1, stop: 0 }] },
  model: {
    type: 'BPE',
    dropout: null,
    unk_token: null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
    vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    merges: merges.map(([left, right]) => [tokens[left], tokens[right]]),
  },
});

/** The merges as GPT-2's `merges.txt` has them: a pair a line. */
export const mergesText = ({ tokens }: Vocabulary, merges: readonly Joined[]): string =>
  ['#version: 0.2', ...merges.map(([left, right]) => `${tokens[left]} ${tokens[right]}`), ''].join('\n');

/** The merges of a BPE model by the ids of its tokens. Throws `AppError('bad-file')` where a part is no token. */
export function readMerges(merges: unknown, tokens: readonly string[]): readonly Joined[] {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const idOf = (token: unknown) => (typeof token === 'string' ? ids.get(token) : undefined);
  return (Array.isArray(merges) ? merges : []).map((merge: unknown): Joined => {
    const [left, right] = (typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? merge : []).map(idOf);
    const joined = left === undefined || right === undefined ? undefined : idOf(`${tokens[left]}${tokens[right]}`);
    if (joined !== undefined) return [left!, right!];
    throw new AppError(
      'bad-file',
      `tokenizer.json joins ${JSON.stringify(merge)}, but not all of it is in its vocabulary. Export it again.`,
    );
  });
}
