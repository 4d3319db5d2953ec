import * as v from 'valibot';

const position = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Two holes of one sentence, guessed together and each alone. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  /** The positions of the packed sentence that are hidden. */
  holes: v.tuple([position, position]),
});
