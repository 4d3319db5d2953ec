import * as v from 'valibot';

/** How far the heads of a stored BERT, named with its folder, look in a sentence. */
export const schema = v.strictObject({
  stored: v.pipe(v.string(), v.regex(/^[a-z-]+\/[a-z-]+$/)),
  sentence: v.pipe(v.string(), v.minLength(1)),
});
