import * as v from 'valibot';

/** The words of a sentence, and which of them are to be predicted, counted from 0. */
export const schema = v.strictObject({
  words: v.array(v.string()),
  asked: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
export type Props = v.InferOutput<typeof schema>;
