import * as v from 'valibot';

/** How long the runs of hidden words are, over many rows, beside the law they are drawn by. */
export const schema = v.strictObject({
  seed: v.optional(v.pipe(v.string(), v.minLength(1))),
  options: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
});
