import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** The noise of a denoising model as a pipeline of strips. */
export const schema = v.strictObject({ sentence: v.optional(text), seed: v.optional(text) });
