import * as v from 'valibot';

/** A pair of segments: what each kind of word in it says (`clues`), who can tell (`readers`), or it alone (`row`). */
export const schema = v.strictObject({
  seed: v.optional(v.pipe(v.string(), v.minLength(1))),
  show: v.optional(v.picklist(['clues', 'readers', 'row'])),
});
