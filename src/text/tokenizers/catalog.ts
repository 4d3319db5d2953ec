import { AppError } from '../../core/errors.ts';
import * as bytes from './bytes.ts';
import * as unigram from './unigram.ts';
import * as wordpiece from './wordpiece.ts';

/** Every way to cut words into tokens, by id. */
export const tokenizers = { wordpiece, bytes, unigram } as const;

export type TokenizerId = keyof typeof tokenizers;

/** The tokenizer of an id; throws `bad-option` when there is none. */
export function tokenizerOf(id: string): (typeof tokenizers)[TokenizerId] {
  if (Object.hasOwn(tokenizers, id)) return tokenizers[id as TokenizerId];
  throw new AppError('bad-option', `There is no tokenizer called "${id}".`, 'tokenizer');
}
