import * as v from 'valibot';

/** Fakes for the same holes by two guessers: one who only counts words, and a perfect one. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  /** The positions of the packed sentence that are hidden. */
  holes: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), v.minLength(1)),
  seed: v.optional(v.pipe(v.string(), v.minLength(1))),
});
