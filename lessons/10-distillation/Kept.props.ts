import * as v from 'valibot';

/** Scores of a paper's tables: a teacher's and its student's. */
export const schema = v.strictObject({
  rows: v.array(v.strictObject({ name: v.string(), from: v.number(), to: v.number() })),
});
export type Props = v.InferOutput<typeof schema>;
