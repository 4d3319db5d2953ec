import * as v from 'valibot';

/** Results over the arithmetic they took. */
export const schema = v.strictObject({
  across: v.string(),
  up: v.string(),
  points: v.array(v.strictObject({ name: v.string(), x: v.number(), y: v.number(), isBelow: v.optional(v.boolean()) })),
});
export type Props = v.InferOutput<typeof schema>;
