import * as v from 'valibot';

/** The words that are shown. */
export const schema = v.strictObject({ words: v.array(v.string()) });
export type Props = v.InferOutput<typeof schema>;
