import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** A game: guess the covered words of a sentence. */
export const schema = v.strictObject({
  /** The first sentence, and the positions of it, packed, that are covered; the others are drawn. */
  sentence: v.optional(text),
  holes: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(1)))),
  seed: v.optional(text),
});
