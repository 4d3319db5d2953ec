import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1));
const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const place = v.tuple([whole, whole]);

/** Models as towers: of an architecture at a size, or of so many floors of one width. */
export const schema = v.strictObject({
  title: text,
  towers: v.pipe(
    v.array(
      v.strictObject({
        name: text,
        /** An architecture; its toy's sizes where nothing else is said. */
        model: v.optional(text),
        layers: v.optional(whole),
        hidden: v.optional(whole),
        heads: v.optional(whole),
        vocabulary: v.optional(whole),
        length: v.optional(whole),
        options: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
        /** Of several stacks of layers, which: `generator`, `encoder`. */
        stack: v.optional(text),
        /** Without a model: how many floors, and how wide. */
        floors: v.optional(whole),
        width: v.optional(whole),
        /** Width inside a floor, where that is less. */
        inner: v.optional(whole),
        /** Floors that are marked, from 1. */
        lit: v.optional(v.array(whole)),
        door: v.optional(v.strictObject({ floor: whole, words: text })),
        note: v.optional(text),
      }),
    ),
    v.minLength(1),
  ),
  /** Tower and floor, both from 1. */
  links: v.optional(v.array(v.strictObject({ from: place, to: place, value: v.optional(text) }))),
  /** A choice of the first tower's architecture that the reader makes, for all towers that have it. */
  option: v.optional(text),
  /** What the width of a floor may stand for, the first one at the start; absent: numbers a token. */
  by: v.optional(v.pipe(v.array(v.picklist(['numbers', 'weights', 'work'])), v.minLength(1))),
  /** Whether the floors show their two halves, and colour what is shared. */
  halves: v.optional(v.boolean()),
});
