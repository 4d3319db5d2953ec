import * as v from 'valibot';

/** A model's weights by part. */
export const schema = v.strictObject({
  parts: v.array(v.strictObject({ name: v.string(), count: v.number() })),
});
export type Props = v.InferOutput<typeof schema>;
