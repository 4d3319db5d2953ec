import * as v from 'valibot';

const ids = v.array(v.pipe(v.string(), v.minLength(1)));

/** Part of the table of systems, with its sources. */
export const schema = v.strictObject({
  /** Rows by their ids, `bert.large`; absent: one of each system. */
  systems: v.optional(ids),
  /** Columns by their ids, `glueDev`; absent: a group that the reader chooses. */
  columns: v.optional(ids),
  /** Rows, columns or cells (`bert.large/tokens`) that stand out. */
  highlight: v.optional(ids),
  /**
   * The column it is sorted by, with a minus from the largest down; the row that others are held against, and in what
   * they have to be equal to it.
   */
  filter: v.optional(
    v.strictObject({
      sort: v.optional(v.string()),
      held: v.optional(v.string()),
      equal: v.optional(ids),
      objective: v.optional(v.string()),
    }),
  ),
  title: v.optional(v.string()),
});
