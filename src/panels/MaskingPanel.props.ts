import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));

/** An editable sentence, the draws one by one (`at`: so many of them at first), and what the model then sees. */
export const schema = v.strictObject({
  sentence: v.optional(text),
  seed: v.optional(text),
  options: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** Which options are offered as controls. */
  controls: v.optional(v.array(text)),
});
