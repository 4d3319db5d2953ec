import type { HiddenSpan } from '../../text/exact.ts';

/**
 * Decisions of one corruption. Places are those of the sequence before any noise, but where the step says otherwise.
 */
export type DenoiseStep =
  /** The `about`-th sentence that may move: its places `start` … `end` − 1. */
  | {
      readonly kind: 'slot';
      readonly about: number;
      readonly start: number;
      readonly end: number;
      readonly chance: number;
    }
  /** What goes where the `about`-th chosen sentence was. */
  | {
      readonly kind: 'sentence';
      readonly about: number;
      readonly start: number;
      readonly end: number;
      readonly chance: number;
    }
  /** The `about`-th word to be masked, place by place with what is shown there. */
  | {
      readonly kind: 'mask';
      readonly about: number;
      readonly positions: readonly number[];
      readonly ids: readonly number[];
      readonly chance: number;
    }
  /** The `about`-th word to be taken out. */
  | { readonly kind: 'delete'; readonly about: number; readonly positions: readonly number[]; readonly chance: number }
  /** The `about`-th length drawn, in words; `used` is what is left of it: the last one is cut to the budget. */
  | {
      readonly kind: 'length';
      readonly about: number;
      readonly length: number;
      readonly used: number;
      readonly chance: number;
    }
  /** Where the span of the `about`-th length lies and what is shown for it. */
  | {
      readonly kind: 'span';
      readonly about: number;
      readonly positions: readonly number[];
      readonly id: number;
      readonly chance: number;
    }
  /** A token put in; `at` is its place in the text with all insertions of its stage: 0 = empty spans, 1 = insertion. */
  | {
      readonly kind: 'insert';
      readonly about: number;
      readonly stage: 0 | 1;
      readonly at: number;
      readonly id: number;
      readonly chance: number;
    }
  /** Whether the text is rotated. */
  | { readonly kind: 'turn'; readonly about: 0; readonly isTurned: boolean; readonly chance: number }
  /** Which token the rotated text begins with, as its place in the text so far. */
  | { readonly kind: 'offset'; readonly about: 0; readonly offset: number; readonly chance: number };

/** The spans that are asked for as a whole; empty ones, which hide nothing, are left out. */
export const hiddenSpans = ({ steps }: { readonly steps: readonly DenoiseStep[] }): readonly HiddenSpan[] =>
  steps.flatMap((step) =>
    step.kind === 'span' && step.positions.length > 0
      ? [{ start: step.positions[0]!, length: step.positions.length }]
      : [],
  );
