import * as v from 'valibot';

/** A packed row, and which of its places are holes, counted from 0. */
export const schema = v.strictObject({
  words: v.array(v.string()),
  hidden: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
export type Props = v.InferOutput<typeof schema>;
