import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** Generator and discriminator with the sampled sentence between them. */
export const schema = v.strictObject({
  sentence: v.optional(text),
  seed: v.optional(text),
  /** Options that depart from the objective's own; absent: those of the run. */
  options: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  /** So many of the draws are shown at first. */
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
