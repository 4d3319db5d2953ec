import { AppError } from '../core/errors.ts';
import type { Data } from './data.ts';
import { phaseAt, stepsOf } from './phases.ts';
import type { Evaluation, Floors, History, Message, Step } from './protocol.ts';
import type { Run } from './run.ts';
import type { RunStore } from './store.ts';
import { train } from './train.ts';
import { createTrainer, type Given, type Trainer, type TrainerState } from './trainer.ts';

/** Shortest time between two checkpoints, in milliseconds. */
const checkpointEveryMs = 10_000;
/** Steps are sent to the page at most this often, in milliseconds. */
const reportEveryMs = 50;

/** What a read of the GPU fails with when its context is gone. */
export class ContextLost extends Error {}

/** A run that is being carried out. */
export interface Active {
  readonly run: Run;
  readonly data: Data;
  trainer: Trainer;
  /** Updates go on until this step. */
  goal: number;
  readonly steps: Step[];
  readonly evaluations: Evaluation[];
  readonly start: TrainerState;
  readonly given: Given;
  /** The last state whose losses were finite. */
  good: TrainerState;
  savedAt: number;
  floors: Floors | undefined;
  /** The newest state, while an older one is looked at. */
  newest: TrainerState | undefined;
  /** The steps whose states are kept in the browser. */
  kept: readonly number[];
}

/** What a run leaves behind on the page and in the browser. */
export interface Aftermath {
  readonly post: (message: Message) => void;
  readonly store: RunStore;
  /** A read of the GPU that fails with `ContextLost` instead of never coming back. */
  readonly guarded: <T>(work: Promise<T>) => Promise<T>;
  /** A new GPU context in place of a lost one. */
  readonly rebuild: () => Promise<void>;
}

export const historyOf = ({ steps, evaluations }: Active): History => ({
  steps: steps.slice(),
  evaluations: evaluations.slice(),
});

/** Sets a run back to an earlier state of it; what it did since is forgotten. */
export function backTo(run: Active, state: TrainerState): void {
  run.trainer.load(state);
  run.newest = undefined;
  run.steps.length = run.steps.findLastIndex(({ step }) => step <= state.step) + 1;
  run.evaluations.length = run.evaluations.findLastIndex(({ step }) => step <= state.step) + 1;
  run.good = state;
}

/** Updates, evaluations, checkpoints and recovery of one run at a time. */
export function createRunLoop({ post, store, guarded, rebuild }: Aftermath) {
  async function checkpoint(run: Active): Promise<void> {
    run.good = await guarded(run.trainer.read());
    run.savedAt = performance.now();
    try {
      run.kept = (await store.save(run.run, run.good, historyOf(run), run.floors)).steps;
      post({ type: 'saved', step: run.good.step, kept: run.kept });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      post({ type: 'notice', code: error.code, text: error.message });
    }
  }

  async function evaluate(run: Active): Promise<void> {
    if (run.evaluations.some(({ step }) => step === run.trainer.step)) return;
    const at = await guarded(run.trainer.evaluate());
    run.evaluations.push(at);
    post({ type: 'evaluated', at });
  }

  /** Goes on from the last good numbers after the context was lost: the same draws, so the same curve. */
  async function recover(run: Active): Promise<void> {
    post({ type: 'contextLost', step: run.steps.at(-1)?.step ?? 0 });
    await rebuild();
    run.trainer = await createTrainer(run.run, run.data, run.given);
    backTo(run, run.good);
    post({ type: 'recovered', step: run.trainer.step });
  }

  /** Where the next halt is: the goal, or the next evaluation before it. */
  function nextHalt({ run, trainer, goal }: Active): number {
    const evaluation = (Math.floor(trainer.step / run.training.evaluateEvery) + 1) * run.training.evaluateEvery;
    return Math.min(goal, stepsOf(run), evaluation);
  }

  async function runUntilHalt(run: Active): Promise<void> {
    const halt = nextHalt(run);
    let unsent: Step[] = [];
    let sentAt = performance.now();
    const flush = () => {
      if (unsent.length > 0) post({ type: 'steps', steps: unsent });
      unsent = [];
      sentAt = performance.now();
    };
    const steps = train(run.trainer, () => Math.min(halt, run.goal));
    for (;;) {
      const { value, done } = await guarded(steps.next());
      if (done) break;
      if (!Number.isFinite(value.loss)) {
        flush();
        throw new AppError(
          'not-finite',
          `The loss stopped being a number at step ${value.step}: the learning rate ${phaseAt(run.run, value.step).phase.schedule.learningRate} is probably too high. Go back to step ${run.good.step}, the last good one, or start again with a lower rate.`,
          'learningRate',
        );
      }
      run.steps.push(value);
      unsent.push(value);
      if (performance.now() - sentAt > reportEveryMs) flush();
    }
    flush();
  }

  /** Goes on to the run's goal. Throws what stopped it; then nothing is on its way any more. */
  async function advance(run: Active): Promise<void> {
    while (run.trainer.step < Math.min(run.goal, stepsOf(run.run))) {
      try {
        if (run.trainer.step === 0) await evaluate(run);
        await runUntilHalt(run);
        const { step } = run.trainer;
        if (step % run.run.training.evaluateEvery === 0 || step === stepsOf(run.run)) await evaluate(run);
        if (performance.now() - run.savedAt > checkpointEveryMs) await checkpoint(run);
      } catch (error) {
        if (!(error instanceof ContextLost)) throw error;
        await recover(run);
      }
    }
    await checkpoint(run);
  }

  return { advance, recover };
}
