import * as v from 'valibot';

/** Where the two segments of a pair come from, and who can tell whether they belong together. */
export const schema = v.strictObject({ seed: v.optional(v.pipe(v.string(), v.minLength(1))) });
