import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
/** A number, or the letter of one that can be turned. */
const size = v.union([whole, text]);

/** Matrices of weights to one scale, in one or several ways to do the same work. */
export const schema = v.strictObject({
  title: text,
  /** Sizes by letter. With several values to choose from a size can be turned. */
  letters: v.array(
    v.strictObject({
      letter: text,
      label: text,
      value: whole,
      choices: v.optional(v.pipe(v.array(whole), v.minLength(2))),
    }),
  ),
  ways: v.array(
    v.strictObject({
      name: text,
      /** Worked out from others, and not stored. */
      made: v.optional(v.boolean()),
      shapes: v.array(
        v.strictObject({
          name: text,
          rows: size,
          columns: size,
          groups: v.optional(size),
          rank: v.optional(size),
        }),
      ),
    }),
  ),
});
