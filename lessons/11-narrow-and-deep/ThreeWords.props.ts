import * as v from 'valibot';

/** The words of a row, and the place that is read, counted from 0. */
export const schema = v.strictObject({
  words: v.array(v.string()),
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type Props = v.InferOutput<typeof schema>;
