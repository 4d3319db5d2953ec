import * as v from 'valibot';

const some = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Who reads whom in blocks. */
export const schema = v.strictObject({
  /** Tokens of the text and of a block. */
  length: v.optional(v.pipe(some, v.maxValue(1024))),
  blockSize: v.optional(v.picklist([4, 8, 16, 32])),
  /** Random blocks a row. */
  random: v.optional(v.pipe(some, v.maxValue(3))),
  /** What a block reads beside itself; `full`: everybody everybody. */
  parts: v.optional(v.picklist(['full', 'window', 'global', 'random', 'paper'])),
  /** The row that is laid out at first. */
  row: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Which controls there are. */
  controls: v.optional(v.array(v.picklist(['length', 'blockSize', 'parts', 'head']))),
});
