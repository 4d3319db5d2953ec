import { untrack } from 'svelte';
import type { Example } from '../objectives/objective.ts';
import type { RunConfig, Snapshot } from '../training/protocol.ts';
import type { Lab } from './lab.svelte.ts';

export interface Question {
  readonly example: Example;
  readonly taps: readonly string[];
}
/** What the run said to a question, after so many steps. */
export interface Answer {
  readonly to: Question;
  readonly step: number;
  readonly taps: Readonly<Record<string, Snapshot>>;
}

/** Whether a run reads the very tokens of another run's text. */
const readsTheSame = (one: RunConfig, other: RunConfig): boolean =>
  one.corpus === other.corpus &&
  one.ownText === other.ownText &&
  one.tokenizer === other.tokenizer &&
  one.vocabSize === other.vocabSize;

/**
 * Asks the run of a lab whenever the question or its weights have changed; what it said to an earlier question is
 * forgotten. Nothing where there is no run, or it is one of another text. To be called while a component is set up.
 */
export function createAnswer(
  lab: () => Lab,
  question: () => Question | undefined,
): { readonly current: Answer | undefined } {
  let found = $state.raw<Answer>();
  let latest = 0;

  $effect(() => {
    const asked = question();
    const { runner, run: wanted } = lab();
    void runner.version;
    latest += 1;
    const mine = latest;
    const { run } = runner;
    const isReady = runner.status !== 'preparing' && runner.status !== 'failed' && runner.status !== 'idle';
    const fits = run && asked && readsTheSame(run, wanted) && asked.example.inputIds.length <= run.maxLength;
    if (!fits || !isReady) {
      found = undefined;
      return;
    }
    if (untrack(() => found)?.to !== asked) found = undefined;
    const step = untrack(() => runner.step);
    runner.inspect(asked.example, asked.taps).then(
      (taps) => {
        if (mine === latest) found = { to: asked, step, taps };
      },
      () => undefined,
    );
  });

  return {
    get current() {
      return found;
    },
  };
}
