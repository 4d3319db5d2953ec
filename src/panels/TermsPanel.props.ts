import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * The scores of a stored run on a sentence, taken apart. `stored` names the run with its folder, as
 * `content-and-place/fill-in`; `stage` a layer or a turn of the mask decoder, `layer.0`, `decoder.0`; `at` who looks and
 * what is looked at; `slide`: the sentence can be moved to other places.
 */
export const schema = v.strictObject({
  stored: v.pipe(v.string(), v.regex(/^[a-z-]+\/[a-z-]+$/)),
  sentence: v.pipe(v.string(), v.minLength(1)),
  /** Places of the packed sentence that are hidden. */
  hidden: v.optional(v.array(count)),
  stage: v.optional(v.string()),
  head: v.optional(v.pipe(count, v.minValue(1))),
  at: v.optional(v.tuple([count, count])),
  slide: v.optional(v.boolean()),
});
