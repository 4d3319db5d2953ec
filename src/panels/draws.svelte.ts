import type { Decision, Example, Note } from '../objectives/objective.ts';
import { attempt, type Outcome } from './attempt.ts';
import {
  drawnAnew,
  drawsOf,
  type MaskingState,
  type MaskingTools,
  type Packed,
  packed,
  redrawn,
  shownAt,
  takenBack,
} from './masking.ts';

/** A text with the draws of a noising, as far as the tape is played. */
export interface Drawn {
  readonly text: Packed;
  /** All draws, and those that are shown. */
  readonly draws: unknown;
  readonly cut: unknown;
  readonly decisions: readonly Decision[];
  readonly at: number;
  readonly example: Example;
  readonly notes: readonly Note[];
}

/** A tape that the reader plays, and what it amounts to. */
export interface Draws {
  readonly state: MaskingState;
  readonly outcome: Outcome<Drawn>;
  /** The last that could be shown. */
  readonly seen: Drawn | undefined;
  /** What the last single redraw changed, in words. */
  readonly changed: string;
  renew(): void;
  undo(): void;
  scrub(at: number): void;
  redraw(index: number): void;
  write(sentence: string | undefined): void;
  choose(options: MaskingState['options']): void;
}

/** What drawing decision `index` anew came to, in words. */
export function redrawWords(index: number, before: Decision | undefined, after: Decision | undefined): string {
  if (!before || !after) return '';
  const result = after.answer === before.answer ? 'the same again' : after.answer;
  return `Draw ${index + 1} drawn anew: ${before.answer} became ${result}. All other draws stand as far as they can.`;
}

/**
 * Begins anew whenever the start changes; `onchange` hears of the reader's changes. To be called while a component is
 * set up.
 */
export function createDraws(
  start: () => MaskingState,
  tools: () => MaskingTools,
  revise: (draws: unknown, state: MaskingState, text: Packed) => unknown = (draws) => draws,
  onchange?: (state: MaskingState) => void,
): Draws {
  let state = $derived(start());
  let changed = $state('');
  const outcome = $derived(
    attempt((): Drawn => {
      const text = packed(state, tools());
      const draws = revise(drawsOf(state, text, tools()), state, text);
      const { decisions, at, example, notes } = shownAt(state, text, draws, tools());
      return { text, draws, cut: tools().noising.upTo(draws, at), decisions, at, example, notes };
    }),
  );
  /** Stays while the reader asks for the impossible. */
  let lastGood: Drawn | undefined;
  const seen = $derived.by(() => {
    if (outcome.value) lastGood = outcome.value;
    return lastGood;
  });
  function change(next: MaskingState): void {
    changed = '';
    state = next;
    onchange?.(next);
  }

  return {
    get state() {
      return state;
    },
    get outcome() {
      return outcome;
    },
    get seen() {
      return seen;
    },
    get changed() {
      return changed;
    },
    renew: () => change(drawnAnew(state)),
    undo: () => change(takenBack(state)),
    scrub: (at) => change({ ...state, at }),
    redraw(index) {
      const before = seen?.decisions[index];
      const isWhole = seen?.at === seen?.decisions.length;
      const { at: _, ...rest } = state;
      change(redrawn(isWhole ? rest : state, index));
      changed = redrawWords(index, before, seen?.decisions[index]);
    },
    write(sentence) {
      const { sentence: _, ...rest } = state;
      change({ ...(sentence === undefined ? drawnAnew(rest) : { ...rest, sentence }), redraws: [] });
    },
    choose: (options) => change({ ...state, options, redraws: [] }),
  };
}
