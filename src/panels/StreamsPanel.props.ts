import * as v from 'valibot';

const position = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The two streams for one target: who reads what, and what can be answered at all. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  /** Two positions of the packed sentence, either of which may be next; all others were read. */
  targets: v.tuple([position, position]),
  /** Which state answers at first. */
  way: v.optional(v.picklist(['own', 'before', 'two'])),
});
