import type { create as createPieces } from './unigram-pieces.ts';
import type { trainUnigram } from './unigram-trainer.ts';

export const id = 'unigram';
export const name = 'Unigram pieces';

/**
 * Every sign has a piece of its own beside the words: so many more rows than one of words a table needs. On "Lost and
 * found" all of them are at 220, and words alone take 192.
 */
export const more = 32;

/** The smallest table: the special tokens, and a few signs to spell with. */
export const least = 13;

/** `trainUnigram`; loaded when it is asked for. */
export const train: typeof trainUnigram = async (...text) =>
  (await import('./unigram-trainer.ts')).trainUnigram(...text);

/** A tokenizer of what was learned; loaded when it is asked for, since most pages never do. */
export const create = async (...model: Parameters<typeof createPieces>) =>
  (await import('./unigram-pieces.ts')).create(...model);
