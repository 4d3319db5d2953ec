import type { create as createPieces } from './byte-pieces.ts';
import type { trainBytes } from './byte-trainer.ts';

export const id = 'bytes';
export const name = 'Byte pieces (BPE)';

/**
 * So many more rows than one of words a table needs to have most words whole: the 256 bytes, and the pieces on the way.
 * On "Lost and found" all of them are at 752, and words alone take 192.
 */
export const more = 576;

/** The smallest table: a token for each byte, and the special ones. */
export const least = 261;

/** `trainBytes`; loaded when it is asked for. */
export const train: typeof trainBytes = async (...text) => (await import('./byte-trainer.ts')).trainBytes(...text);

/** A tokenizer of what was learned; loaded when it is asked for, since most pages never do. */
export const create = async (...model: Parameters<typeof createPieces>) =>
  (await import('./byte-pieces.ts')).create(...model);
