import { untrack } from 'svelte';
import type { Example } from '../objectives/objective.ts';
import type { Snapshot } from '../training/protocol.ts';
import type { Run } from '../training/run.ts';
import { spelling } from '../training/settings.ts';
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
const readsTheSame = ({ text: one }: Run, { text: other }: Run): boolean =>
  spelling({ ...one, documents: 0 }) === spelling({ ...other, documents: 0 });

/** The run of a lab, if it can be asked about an example now: ready, of this very text, and long enough. */
export function askable({ runner, run: wanted }: Lab, { inputIds, labels }: Example): Run | undefined {
  const { run, status } = runner;
  const isReady = status !== 'preparing' && status !== 'failed' && status !== 'idle';
  const fits = run && readsTheSame(run, wanted) && Math.max(inputIds.length, labels.length) <= run.recipe.maxLength;
  return isReady && fits ? run : undefined;
}

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
    const { runner } = lab();
    void runner.version;
    latest += 1;
    const mine = latest;
    if (!asked || !askable(lab(), asked.example)) {
      found = undefined;
      return;
    }
    if (untrack(() => found)?.to !== asked) found = undefined;
    const step = untrack(() => runner.shown);
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
