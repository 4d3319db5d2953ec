import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** Where the two segments of a pair come from, and who can tell whether they belong together. */
export const schema = v.strictObject({
  seed: v.optional(text),
  /** How many draws are shown at first. */
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  options: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
});
