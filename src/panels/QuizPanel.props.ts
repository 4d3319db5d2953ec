import * as v from 'valibot';

/** Questions from fresh draws: those of the run's objective, or of another folder of `stages`. */
export const schema = v.strictObject({ of: v.optional(v.pipe(v.string(), v.minLength(1))) });
