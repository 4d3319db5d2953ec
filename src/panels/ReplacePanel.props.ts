import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** Generator and discriminator with the sampled sentence between them. */
export const schema = v.strictObject({ sentence: v.optional(text), seed: v.optional(text) });
