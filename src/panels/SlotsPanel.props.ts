import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a few words of a text cost at best who sees only a part of it: exact sums. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  /** Words that are asked for, by their places in the text (without special tokens), and what to call them. */
  slots: v.array(v.strictObject({ place: count, name: v.string() })),
  /** Who reads from left to right in segments, with so many tokens kept. */
  memory: v.optional(v.strictObject({ segment: v.pipe(count, v.minValue(1)), kept: v.array(count) })),
  /** Who fills holes and sees so many tokens on either side of each. */
  around: v.optional(v.array(count)),
  /** Who fills one hole at a time, and sees so many neighbours to either side; beside them who sees all. */
  radius: v.optional(v.array(v.pipe(count, v.minValue(1)))),
  /** Who fills holes, in blocks of so many tokens, special tokens included, through so many layers. */
  blocks: v.optional(
    v.strictObject({
      blockSize: v.pipe(count, v.minValue(2)),
      layers: v.pipe(count, v.minValue(1)),
      /** Blocks of a row, the empty ones at its end included. */
      blocks: v.pipe(count, v.minValue(8)),
      parts: v.array(v.picklist(['window', 'global', 'random', 'paper'])),
    }),
  ),
});
