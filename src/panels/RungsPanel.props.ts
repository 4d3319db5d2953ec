import * as v from 'valibot';

const name = v.pipe(v.string(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The heads of one floor, of a stored teacher at its end and of its stored student at one of its kept steps. */
export const schema = v.strictObject({
  /** Counted from 1. */
  floor: v.optional(v.pipe(count, v.minValue(1))),
  /** The step of the student that is shown first; absent: its last. */
  at: v.optional(count),
  /** The stored runs of the lesson. */
  teacher: v.optional(name),
  student: v.optional(name),
});
