import * as v from 'valibot';

/** Who may see whom, both ways or left to right. */
export const schema = v.strictObject({
  sentence: v.optional(v.pipe(v.string(), v.minLength(1))),
  causal: v.optional(v.boolean()),
});
