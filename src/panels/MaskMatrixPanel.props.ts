import * as v from 'valibot';

const position = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Who may see whom, both ways or left to right. */
export const schema = v.strictObject({
  sentence: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** A second segment, of a pair. */
  second: v.optional(v.pipe(v.string(), v.minLength(1))),
  causal: v.optional(v.boolean()),
  /** The positions of the packed sentence that are hidden. */
  holes: v.optional(v.array(position)),
  /** The row that is shown while none is pointed at. */
  row: v.optional(position),
});
