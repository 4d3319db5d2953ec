import * as v from 'valibot';

/** Lengths of spans as they are drawn, beside their law. */
export const schema = v.strictObject({
  seed: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** So many texts are drawn at a time. */
  texts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
});
