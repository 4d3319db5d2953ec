import * as v from 'valibot';

/** The loss of who knows only how many tokens are fakes, and a stored run beside it. */
export const schema = v.strictObject({
  /** Which stored run: `recipes/rtd`. */
  run: v.pipe(v.string(), v.minLength(1)),
  /** The step that is spoken of at first. */
  step: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
