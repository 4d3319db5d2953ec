import * as v from 'valibot';

/** How a text becomes rows, in three formats: how full they are, and where one document ends. */
export const schema = v.strictObject({
  /** Absent: the text of the lesson's run. */
  corpus: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** Places a row. */
  length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(512))),
  /** The format that is shown at first. */
  format: v.optional(v.picklist(['pair', 'full', 'document'])),
  seed: v.optional(v.pipe(v.string(), v.minLength(1))),
});
