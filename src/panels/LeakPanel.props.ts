import * as v from 'valibot';

/** How a word that is to be guessed gets back to its own position, unless it is taken out of the input. */
export const schema = v.strictObject({
  sentence: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** The position of the packed sentence that is asked for at first. */
  answer: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
