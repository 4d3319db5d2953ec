import * as v from 'valibot';

const tokens = v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1));

/** Generator and discriminator of the run, and how far each loss reaches. */
export const schema = v.strictObject({
  /** A piece of a text with holes, and the same with what was drawn for them. */
  given: tokens,
  sampled: tokens,
});
