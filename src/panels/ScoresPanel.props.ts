import * as v from 'valibot';

/** Scores of a paper's table: each from one value to another, or where it begins. */
export const schema = v.strictObject({
  unit: v.string(),
  /** Whether a lower score is the better one. */
  lower: v.optional(v.boolean()),
  rows: v.array(v.strictObject({ name: v.string(), from: v.optional(v.number()), to: v.number() })),
});
