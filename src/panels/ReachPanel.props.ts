import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const some = v.pipe(v.number(), v.integer(), v.minValue(1));

/** How far the answer of one place can reach through a few layers: back over segments, or from block to block. */
export const schema = v.strictObject({
  layers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4))),
  /** The token, or the block, whose answer is asked for at first. */
  from: v.optional(count),
  /** The token, or the block, that is to be found. */
  target: v.optional(count),
  /** A text read segment by segment, with so much of it kept. */
  memory: v.optional(v.strictObject({ tokens: some, segment: some, kept: count })),
  /** A text read in blocks. */
  blocks: v.optional(
    v.strictObject({
      blocks: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(40)),
      random: v.optional(some),
      parts: v.optional(v.picklist(['paper', 'global', 'random', 'window'])),
    }),
  ),
});
