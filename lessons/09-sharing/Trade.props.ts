import * as v from 'valibot';

/** Models by what they score and how fast they train, with their weights in millions. */
export const schema = v.strictObject({
  score: v.string(),
  speed: v.string(),
  models: v.array(
    v.strictObject({
      name: v.string(),
      weights: v.number(),
      score: v.number(),
      speed: v.number(),
      isOurs: v.boolean(),
    }),
  ),
});
export type Props = v.InferOutput<typeof schema>;
