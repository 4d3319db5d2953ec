import * as v from 'valibot';

/** How DeBERTa chooses words: in one sentence (`row`), or where in a text over many rows. */
export const schema = v.strictObject({
  show: v.picklist(['row', 'rates']),
  sentence: v.optional(v.pipe(v.string(), v.minLength(1))),
  seed: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** Longest run of words at first. */
  longest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3))),
});
