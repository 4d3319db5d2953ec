import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Floors as weights in the maps of their attention and of their feed-forward networks. */
export const schema = v.strictObject({
  rows: v.array(v.strictObject({ name: v.string(), attention: count, feedForward: count, networks: count })),
});
export type Props = v.InferOutput<typeof schema>;
