import * as v from 'valibot';

const place = v.pipe(v.number(), v.integer(), v.minValue(1));
const name = v.pipe(v.string(), v.minLength(1));

/** One hole of a sentence by the label, a stored teacher, its stored student, and the exact reader. */
export const schema = v.strictObject({
  sentence: name,
  /** Places of the packed sentence that are hidden; `place` is the one that is shown first. */
  hidden: v.pipe(v.array(place), v.minLength(1)),
  place: v.optional(place),
  /** Whose bars are shown; all four where nothing is said. `mixed` is half label, half teacher. */
  readers: v.optional(v.array(v.picklist(['label', 'teacher', 'mixed', 'student', 'exact']))),
  /** Begins softened by so much, and can be turned; absent: it stays at 1. */
  temperature: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(8))),
  /** The three losses of the student at the place. */
  pulls: v.optional(v.boolean()),
  /** The student can also be seen as it begins; it is shown first at its start or at its end. */
  when: v.optional(v.picklist(['start', 'end'])),
  /** Stored runs of the lesson, or as `distillation/teacher` of another. */
  teacher: v.optional(name),
  student: v.optional(name),
});
