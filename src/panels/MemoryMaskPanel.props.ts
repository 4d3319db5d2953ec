import * as v from 'valibot';

const some = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Who may look at whom in a segment, and in what is kept of the text before it. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  /** Tokens of a segment. */
  segment: v.pipe(some, v.maxValue(16)),
  /** The segment that is read, from 0 on. */
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  memory: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
