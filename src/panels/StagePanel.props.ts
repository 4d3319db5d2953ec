import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** The stage that the run's objective brings. */
export const schema = v.strictObject({
  sentence: v.optional(text),
  seed: v.optional(text),
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Which options are offered as controls, where the stage has controls. */
  controls: v.optional(v.array(text)),
});
