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

/** A lesson's own picture or a panel at its place: `name` says which, `props` fit the schema beside its component. */
export interface Placed {
  readonly kind: 'figure' | 'panel';
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The caption, as HTML. */
  readonly caption: string;
}
