import * as v from 'valibot';

export const schema = v.strictObject({ word: v.string() });
export type Props = v.InferOutput<typeof schema>;
