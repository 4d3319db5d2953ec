import * as v from 'valibot';

const some = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The rows of a batch that read on in one text, side by side. */
export const schema = v.strictObject({
  /** Rows of the batch; the first ones are shown. */
  rows: some,
  /** Tokens of a segment. */
  length: some,
  shown: v.optional(v.pipe(some, v.maxValue(12))),
});
