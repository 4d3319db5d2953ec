import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const grid = v.array(v.array(v.nullable(v.number())));

/** Numbers of a paper, or such as can be worked out, as a table of everything by everything. */
export const schema = v.strictObject({
  title: text,
  rowsAre: text,
  columnsAre: text,
  rows: v.array(text),
  columns: v.array(text),
  /** A row a row; null: not measured. */
  values: grid,
  best: v.optional(grid),
  /** Values at which a cell is palest and darkest. */
  from: v.number(),
  to: v.number(),
  /** Whether a value is a change, upwards or downwards. */
  isChange: v.optional(v.boolean()),
  /** Digits behind the point; absent: one. */
  digits: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3))),
});
