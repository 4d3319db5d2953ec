import { untrack } from 'svelte';
import { AppError } from '../core/errors.ts';
import { type Data, prepare } from '../training/data.ts';
import type { TextChoice } from '../training/run.ts';
import { spelling } from '../training/settings.ts';

/** The text of a run on the page: the same documents and vocabulary as in the worker. */
export interface RunData {
  /** The latest that was read; stays while another is being read. */
  readonly data: Data | undefined;
  readonly stage: { readonly text: string; readonly done: number; readonly of: number } | undefined;
  readonly problem: { readonly text: string; readonly field?: string | undefined } | undefined;
}

/** Reads the text whenever the choice changes. To be called while a component is set up. */
export function createRunData(choice: () => TextChoice): RunData {
  let data = $state.raw<Data>();
  let stage = $state.raw<RunData['stage']>();
  let problem = $state.raw<RunData['problem']>();
  let latest = 0;
  /** Another run of the same text is no other choice. */
  const key = $derived(spelling(choice()));
  const wanted = $derived.by(() => {
    void key;
    return untrack(choice);
  });

  $effect(() => {
    const chosen = wanted;
    latest += 1;
    const mine = latest;
    const current = (act: () => void) => {
      if (mine === latest) act();
    };
    prepare(chosen, (text, done, of) =>
      current(() => {
        stage = { text, done, of };
      }),
    ).then(
      (ready) =>
        current(() => {
          data = ready;
          stage = undefined;
          problem = undefined;
        }),
      (error: unknown) =>
        current(() => {
          stage = undefined;
          const field = error instanceof AppError ? error.field : undefined;
          problem = { text: error instanceof Error ? error.message : String(error), field };
        }),
    );
  });

  return {
    get data() {
      return data;
    },
    get stage() {
      return stage;
    },
    get problem() {
      return problem;
    },
  };
}
