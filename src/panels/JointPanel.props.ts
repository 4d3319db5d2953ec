import * as v from 'valibot';

const position = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Two words of one sentence, guessed together and each alone. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  /** The positions of the packed sentence that are hidden. */
  holes: v.tuple([position, position]),
  /** The two are predicted one after the other, in an order that can be turned round, beside each alone. */
  chain: v.optional(v.boolean()),
});
