import * as v from 'valibot';

const settings = v.record(v.string(), v.unknown());

/** What something costs as a size grows: counted from shapes, or timed and stored. */
export const schema = v.strictObject({
  /**
   * `multiplyAdds`, `parameters`, `bytes` of a training step and `scores` of one head and row are counted from the
   * shapes of each arm's run; `reading` are those of a predicted word, read with and without a memory; `stepTime` and
   * `attentionTime` are stored times of BigBird.
   */
  of: v.picklist(['multiplyAdds', 'parameters', 'bytes', 'scores', 'reading', 'stepTime', 'attentionTime']),
  /** The setting of a run that grows, what it counts, and its values. */
  over: v.optional(v.strictObject({ key: v.string(), label: v.string(), values: v.array(v.number()) })),
  base: v.optional(settings),
  arms: v.optional(v.array(v.strictObject({ label: v.string(), change: settings }))),
  /** Whether the axes are logarithmic at first. */
  log: v.optional(v.boolean()),
  /** The size that is spoken of at first. */
  at: v.optional(v.number()),
});
