import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * The lab. `stopAt` is proposed as the step to run to; `token` is the place that is chosen at the start, `written` the
 * one in the text that is written, `heads` the head that is, by block: `layer.1` → `attention.1|2`; with `milestones`
 * the page lists what is learned. `stored` names an experiment of the lesson that has one recipe: the lab is set to its
 * run and its probe, instead of those of the lesson.
 */
export const schema = v.strictObject({
  stopAt: v.optional(v.pipe(count, v.minValue(1))),
  token: v.optional(count),
  written: v.optional(count),
  milestones: v.optional(v.boolean()),
  heads: v.optional(v.record(v.string(), v.string())),
  stored: v.optional(v.pipe(v.string(), v.minLength(1))),
});
