import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** The factorization order as an instrument, with the masks of both streams. */
export const schema = v.strictObject({ sentence: v.optional(text), seed: v.optional(text) });
