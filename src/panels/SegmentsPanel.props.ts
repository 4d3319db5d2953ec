import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A story in segments, one after another, and what is kept of it. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  segment: v.optional(v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(64))),
  /** Tokens that are kept at first. */
  memory: v.optional(count),
  /** How many may be chosen; absent: none but that. */
  memories: v.optional(v.array(count)),
  /** The segment that is read at first. */
  at: v.optional(count),
  /** Tokens that are pointed out. */
  marks: v.optional(v.array(count)),
});
