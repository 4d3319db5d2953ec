import * as v from 'valibot';

const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

/** The holes of one sentence through its epochs. */
export const schema = v.strictObject({
  sentence: v.pipe(v.string(), v.minLength(1)),
  seed: v.optional(v.string()),
  /** Stored masks a sentence: 0 draws anew each time. */
  copies: v.optional(whole(100)),
  /** Those that can be chosen; absent: none but the one shown. */
  choices: v.optional(v.pipe(v.array(whole(100)), v.minLength(2))),
  epochs: v.optional(v.pipe(whole(40), v.minValue(1))),
  /** Whether one epoch can be drawn again. */
  redraw: v.optional(v.boolean()),
});
