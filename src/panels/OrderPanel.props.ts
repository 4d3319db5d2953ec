import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** The factorization order as an instrument, with the masks of both streams. */
export const schema = v.strictObject({
  sentence: v.optional(text),
  seed: v.optional(text),
  /** Options that depart from the run's own. */
  options: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  /** So many draws are shown at first. */
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Which of its pictures are shown; absent: all. */
  parts: v.optional(v.array(v.picklist(['text', 'order', 'squares', 'tape']))),
});
