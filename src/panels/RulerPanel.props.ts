import * as v from 'valibot';

/** The strip of distances as DeBERTa reads it, of a sentence and one of its places. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Distances told apart on either side. */
  farthest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2))),
});
