import type { AnyOptions } from '../objectives/facts.ts';
import { attempt, type Outcome } from './attempt.ts';
import {
  chosen,
  drawnAnew,
  drawnFirst,
  type Played,
  redrawn,
  redrawWords,
  scrubbed,
  type TapeState,
  takenBack,
  written,
} from './tape.ts';

/** A tape that the reader plays, and what it amounts to. */
export interface Tape<State extends TapeState = TapeState, Seen extends Played = Played> {
  readonly state: State;
  readonly outcome: Outcome<Seen>;
  /** The last that could be shown. */
  readonly seen: Seen | undefined;
  /** What the last single redraw changed, in words. */
  readonly changed: string;
  renew(): void;
  undo(): void;
  /** Back to the draws before all was drawn anew. */
  first(): void;
  scrub(at: number): void;
  /** Draws one decision anew and shows the first `at`; absent: as many as before. */
  redraw(index: number, at?: number): void;
  write(sentence: string | undefined): void;
  choose(options: AnyOptions): void;
  /** Puts something else in the place of what the stage keeps besides, and perhaps of how many draws are shown. */
  keep(extra: State['extra'], at?: number): void;
}

/**
 * The tape of any objective. `show` makes what a state amounts to, and throws `AppError` for what a reader may ask for
 * in vain. Begins anew whenever the start changes; `onchange` hears of the reader's changes, but for states that
 * cannot be shown. To be called while a component is set up.
 */
export function createTape<State extends TapeState, Seen extends Played>(
  start: () => State,
  show: (state: State) => Seen,
  onchange?: (state: State) => void,
): Tape<State, Seen> {
  let state = $derived(start());
  let changed = $state('');
  const outcome = $derived(attempt(() => show(state)));
  /** Stays while the reader asks for the impossible. */
  let lastGood: Seen | undefined;
  const seen = $derived.by(() => {
    if (outcome.value) lastGood = outcome.value;
    return lastGood;
  });
  function change(next: State): void {
    changed = '';
    state = next;
    if (!outcome.problem) onchange?.(next);
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
    first: () => change(drawnFirst(state)),
    scrub: (at) => change(scrubbed(state, at)),
    redraw(index, at) {
      const before = seen?.decisions[index];
      const isWhole = seen?.at === seen?.decisions.length;
      change(redrawn(scrubbed(state, at ?? (isWhole ? undefined : state.at)), index));
      changed = redrawWords(index, before, seen?.decisions[index]);
    },
    write: (sentence) => change(written(state, sentence)),
    choose: (options) => change(chosen(state, options)),
    keep: (extra, at = state.at) => change({ ...state, extra, at }),
  };
}
