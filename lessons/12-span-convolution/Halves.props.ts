import * as v from 'valibot';

/** A piece of text, and how far a kernel reaches in it. */
export const schema = v.strictObject({
  words: v.array(v.string()),
  radius: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type Props = v.InferOutput<typeof schema>;
