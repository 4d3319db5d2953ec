import * as v from 'valibot';

/** A stored experiment with its spread over seeds, and a button that runs it again. */
export const schema = v.strictObject({
  experiment: v.pipe(v.string(), v.minLength(1)),
  measure: v.optional(
    v.picklist([
      'heldOut',
      'readBack',
      'restored',
      'apart',
      'swaps',
      'pairs',
      'texts',
      'told',
      'judged',
      'exams',
      'moved',
      'holes',
    ]),
  ),
  /** Recipes to hold against one another besides: the first is held against all others. */
  besides: v.optional(v.array(v.tuple([v.string(), v.string()]))),
  /** Values to compare with, that can be proved. */
  references: v.optional(v.array(v.strictObject({ name: v.string(), value: v.number() }))),
});
