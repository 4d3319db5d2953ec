import * as v from 'valibot';

/** Where the heads of four stored bodies look in one sentence. */
export const schema = v.strictObject({ sentence: v.pipe(v.string(), v.minLength(1)) });
