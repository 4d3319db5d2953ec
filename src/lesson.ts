import * as v from 'valibot';
import type { Source } from './core/papers.ts';
import type { Run } from './training/run.ts';

/** One lesson, compiled: what its Markdown file says as data. */
export interface Lesson {
  readonly title: string;
  /** What the reader can answer at the end, as one question. */
  readonly question: string;
  readonly source: Source;
  /** How long a reader takes. */
  readonly minutes: number;
  /** The run its lab starts with. */
  readonly run: Run;
  /** The sentence that every stage of the run is asked about, and which of its packed positions are hidden. */
  readonly probe: { readonly sentence: string; readonly hidden: readonly number[] };
  readonly acts: readonly Act[];
}

export interface Act {
  readonly title: string;
  readonly steps: readonly LessonStep[];
}

export interface LessonStep {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Part[];
}

export type Part = Prose | Placed;

export interface Prose {
  readonly kind: 'prose';
  readonly html: string;
}

/** A figure or panel at its place: `name` says which, `props` fit its schema. */
export interface Placed {
  readonly kind: 'figure' | 'panel';
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The caption, as HTML. */
  readonly caption: string;
}

const text = v.pipe(v.string(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const options = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]));

/**
 * The panels a lesson may place, by name, each with what may be set there; what is left out has the panel's default.
 */
export const panels = {
  /** An editable sentence, the draws one by one (`at`: so many of them at first), and what the model then sees. */
  masking: v.strictObject({
    sentence: v.optional(text),
    seed: v.optional(text),
    options: v.optional(options),
    at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    controls: v.optional(v.array(text)),
  }),
  /** Where the two segments of a pair come from, and who can tell whether they belong together. */
  pair: v.strictObject({ seed: v.optional(text) }),
  /** The factorization order as an instrument, with the masks of both streams. */
  order: v.strictObject({ sentence: v.optional(text), seed: v.optional(text) }),
  /** The noise of a denoising model as a pipeline of strips. */
  noise: v.strictObject({ sentence: v.optional(text), seed: v.optional(text) }),
  /** Generator and discriminator with the sampled sentence between them. */
  replace: v.strictObject({ sentence: v.optional(text), seed: v.optional(text) }),
  /** Who may see whom, both ways or left to right. */
  'mask-matrix': v.strictObject({ sentence: v.optional(text), causal: v.optional(v.boolean()) }),
  /** The lab: start, pause, one step, rewind; the loss with its reference lines; predictions for the probe sentence. */
  training: v.strictObject({ stopAt: v.optional(count) }),
  /** What the model would put into the holes of the lesson's probe sentence. */
  probe: v.strictObject({}),
  /** Attention of every head for the lesson's probe sentence. */
  attention: v.strictObject({}),
  /** Parameters by part of the model. */
  weights: v.strictObject({}),
  /** A stored experiment with its spread over seeds, and a button that runs it again. */
  claim: v.strictObject({ experiment: text, measure: v.optional(v.picklist(['heldOut', 'readBack'])) }),
  /** Questions made from fresh draws. */
  quiz: v.strictObject({}),
} as const;

export type PanelName = keyof typeof panels;
/** What a lesson may set on a panel. */
export type PanelProps<Name extends PanelName> = v.InferOutput<(typeof panels)[Name]>;
