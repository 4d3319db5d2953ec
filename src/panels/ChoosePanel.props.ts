import * as v from 'valibot';

/** Questions that end in one suggestion. */
export const schema = v.strictObject({
  /** Answers that are already given, by their ids. */
  answers: v.optional(v.array(v.pipe(v.string(), v.minLength(1)))),
});
