import * as v from 'valibot';

/** A word or a sentence of one's own, cut by WordPiece and into byte pieces. */
export const schema = v.strictObject({
  /** What is cut at first. */
  sentence: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  /** The text that both are learned from; absent: that of the lesson's run. */
  corpus: v.optional(v.pipe(v.string(), v.minLength(1))),
  /** Rows of the table of byte pieces; absent: as many as that of WordPiece has. */
  rows: v.optional(v.pipe(v.number(), v.integer(), v.minValue(261), v.maxValue(4096))),
});
