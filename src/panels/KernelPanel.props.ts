import * as v from 'valibot';

const position = v.pipe(v.number(), v.integer(), v.minValue(1));

/**
 * Kernels of the first layer of a stored ConvBERT, named with its folder, at two places of a packed sentence; `kind`:
 * what they are made from.
 */
export const schema = v.strictObject({
  stored: v.pipe(v.string(), v.regex(/^[a-z-]+\/[a-z-]+$/)),
  sentence: v.pipe(v.string(), v.minLength(1)),
  at: v.tuple([position, position]),
  kind: v.optional(v.picklist(['fixed', 'dynamic', 'span'])),
});
