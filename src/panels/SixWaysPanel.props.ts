import * as v from 'valibot';

/** One text under six objectives. */
export const schema = v.strictObject({ seed: v.optional(v.pipe(v.string(), v.minLength(1))) });
