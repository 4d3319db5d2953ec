import { untrack } from 'svelte';
import { AppError } from '../core/errors.ts';
import type { OnStage } from '../text/learn.ts';
import type { Data } from '../training/data.ts';
import type { TextChoice } from '../training/run.ts';
import { isSameText } from '../training/settings.ts';

/** The text of a run on the page: the same documents and vocabulary as in the worker; exact probabilities are not. */
export interface RunData {
  /** The latest that was read; stays while another is being read. */
  readonly data: Data | undefined;
  /** The latest, if it is what this choice gives. */
  dataOf(choice: TextChoice): Data | undefined;
  readonly stage: { readonly text: string; readonly done: number; readonly of: number } | undefined;
  readonly problem: { readonly text: string; readonly field?: string | undefined } | undefined;
  /** Ends the reading; absent when nothing is being read. */
  readonly stop?: (() => void) | undefined;
  /** Begins anew what was stopped; absent when nothing was. */
  readonly again?: (() => void) | undefined;
}

/** Reads a text, with what that takes: many a page shows a stored run and never needs it. */
async function readApart(choice: TextChoice, onStage: OnStage, signal: AbortSignal): Promise<Data> {
  const [{ prepare }, { learnApart }] = await Promise.all([
    import('../training/data.ts'),
    import('../text/apart.ts'),
  ]).catch(() => {
    const text = 'What reads the text could not be fetched. Reload the page to try again.';
    throw new AppError('unavailable', text, 'corpus');
  });
  return prepare(choice, onStage, learnApart(signal), false);
}

/**
 * Reads the text once somebody asks for it, and again whenever the choice changes, apart from the page's own thread; a
 * choice that comes meanwhile ends the reading of the one before. Nothing is read without a choice, or where `known`
 * has read it already. To be called while a component is set up.
 */
export function createRunData(
  choice: () => TextChoice | undefined,
  known: (choice: TextChoice) => Data | undefined = () => undefined,
): RunData {
  let latest = $state.raw<{ readonly data: Data; readonly of: TextChoice }>();
  let stage = $state.raw<RunData['stage']>();
  let problem = $state.raw<RunData['problem']>();
  let stopped = $state.raw(false);
  let attempt = $state.raw(0);
  let isAsked = $state.raw(false);
  let reading = new AbortController();
  let last: TextChoice | undefined;
  /** Another run of the same text is no other choice. */
  const wanted = $derived.by(() => {
    const next = choice();
    if (!next || !last || !isSameText(last, next)) last = next;
    return last;
  });
  const take = (data: Data, of: TextChoice) => {
    latest = { data, of };
    stage = undefined;
  };

  $effect(() => {
    void attempt;
    const chosen = wanted;
    const mine = new AbortController();
    reading = mine;
    stopped = false;
    problem = undefined;
    const there = chosen && untrack(() => known(chosen));
    if (there) take(there, chosen);
    if (!chosen || there || !isAsked) return undefined;
    stage = { text: 'Reading the text', done: 0, of: 1 };
    const current = (act: () => void) => {
      if (!mine.signal.aborted) act();
    };
    untrack(() =>
      readApart(
        chosen,
        (text, done, of) =>
          current(() => {
            stage = { text, done, of };
          }),
        mine.signal,
      ),
    ).then(
      (ready) => current(() => take(ready, chosen)),
      (error: unknown) =>
        current(() => {
          stage = undefined;
          const field = error instanceof AppError ? error.field : undefined;
          problem = { text: error instanceof Error ? error.message : String(error), field };
        }),
    );
    return () => mine.abort();
  });

  /** Asking happens while something is computed, which may not change what it is computed from. */
  function ask(): void {
    if (!untrack(() => isAsked))
      queueMicrotask(() => {
        isAsked = true;
      });
  }

  function stop(): void {
    reading.abort();
    stage = undefined;
    stopped = true;
    problem = { text: 'Reading the text was stopped. Read it again, or choose another.', field: 'corpus' };
  }

  return {
    get data() {
      ask();
      return latest?.data;
    },
    dataOf(wished) {
      ask();
      return latest && isSameText(latest.of, wished) ? latest.data : undefined;
    },
    get stage() {
      return stage;
    },
    get problem() {
      return problem;
    },
    get stop() {
      return stage && stop;
    },
    get again() {
      return stopped ? () => attempt++ : undefined;
    },
  };
}
