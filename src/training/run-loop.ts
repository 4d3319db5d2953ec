import { AppError } from '../core/errors.ts';
import { type Active, historyOf } from './active.ts';
import type { GpuContext } from './context.ts';
import { phaseAt, stepsOf } from './phases.ts';
import type { Message, Step } from './protocol.ts';
import { isState, type RunStore } from './store.ts';
import { train } from './train.ts';

/** Time between two checkpoints, in milliseconds: what is lost at most when a tab is killed. */
const checkpointEveryMs = 10_000;
/** Steps are sent to the page at most this often, in milliseconds. */
const reportEveryMs = 50;

/** What a run leaves behind on the page and in the browser. */
export interface Aftermath {
  readonly post: (message: Message) => void;
  readonly store: RunStore;
  /** Work on the GPU that fails with `ContextLost` instead of never coming back. */
  readonly guarded: GpuContext['guarded'];
}

const isSaveDue = (run: Active): boolean => run.isLeaving || performance.now() - run.savedAt > checkpointEveryMs;

const notFinite = (run: Active, what: 'loss' | 'model', step: number): AppError =>
  new AppError(
    'not-finite',
    `The ${what} stopped being ${what === 'loss' ? 'a number' : 'made of numbers'} at step ${step}: the learning rate ${phaseAt(run.run, step).phase.schedule.learningRate} is probably too high. Go back to step ${run.good.step}, the last good one, or start again with a lower rate.`,
    'learningRate',
  );

/** Updates, evaluations and checkpoints of one run at a time. */
export function createRunLoop({ post, store, guarded }: Aftermath) {
  async function checkpoint(run: Active): Promise<void> {
    const state = await guarded(() => run.trainer.read());
    if (!isState(state)) throw notFinite(run, 'model', run.trainer.step);
    run.good = state;
    run.isLeaving = false;
    try {
      run.kept = (await store.save(run.run, run.good, historyOf(run), run.floors)).steps;
      post({ type: 'saved', step: run.good.step, kept: run.kept });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      post({ type: 'notice', code: error.code, text: error.message });
    }
    run.savedAt = performance.now();
  }

  async function evaluate(run: Active): Promise<void> {
    if (run.evaluations.some(({ step }) => step === run.trainer.step)) return;
    const at = await guarded(() => run.trainer.evaluate());
    run.evaluations.push(at);
    post({ type: 'evaluated', at });
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
    const steps = train(run.trainer, () => (isSaveDue(run) ? 0 : Math.min(halt, run.goal)));
    for (;;) {
      const { value, done } = await guarded(() => steps.next());
      if (done) break;
      if (value.loss !== undefined && !Number.isFinite(value.loss)) {
        flush();
        throw notFinite(run, 'loss', value.step);
      }
      run.steps.push(value);
      unsent.push(value);
      if (performance.now() - sentAt > reportEveryMs) flush();
    }
    flush();
  }

  /**
   * Goes on to the run's goal. Throws what stopped it; then nothing is on its way any more. After `ContextLost` it may
   * be called again.
   */
  async function advance(run: Active): Promise<void> {
    run.savedAt = performance.now();
    while (run.trainer.step < Math.min(run.goal, stepsOf(run.run))) {
      if (run.trainer.step === 0) await evaluate(run);
      await runUntilHalt(run);
      const { step } = run.trainer;
      if (step % run.run.training.evaluateEvery === 0 || step === stepsOf(run.run)) await evaluate(run);
      if (isSaveDue(run)) await checkpoint(run);
    }
    await checkpoint(run);
  }

  return { advance };
}
