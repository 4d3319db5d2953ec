import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * The scores of a stored run on a sentence, taken apart. `stored` names the run with its folder, as
 * `content-and-place/fill-in`; `stage` is a layer or a turn of the mask decoder, as `layer.0` or `decoder.0`; `at` says
 * who looks and what is looked at; `slide` that the sentence can be moved to other places; `kept` how many tokens, the first
 * ones, are taken to be kept from the segment before.
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
  kept: v.optional(v.pipe(count, v.minValue(1))),
});
