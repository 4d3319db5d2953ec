import * as v from 'valibot';

/** The lab: start, pause, one step, rewind. `stopAt` is proposed as the step to run to. */
export const schema = v.strictObject({ stopAt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))) });
