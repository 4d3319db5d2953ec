import { type Active, interrupted } from './active.ts';
import { stepsOf } from './phases.ts';
import type { Message } from './protocol.ts';

/** What the updates of a run need of its session. */
interface Session {
  readonly post: (message: Message) => void;
  readonly fail: (error: unknown) => void;
  /** Goes on to the run's goal. */
  readonly advance: (run: Active) => Promise<void>;
}

/** Between two looks at whether the updates have come to rest, in milliseconds. */
const lookEveryMs = 5;

/** Sees to it that one thing at a time is done to the weights: updates, or what none may come between. */
export function createUpdates({ post, fail, advance }: Session) {
  /** Updates, or something that no update may come between, are on their way. */
  let isBusy = false;
  let isTraining = false;
  /** Updates would be on their way, had not something come between. */
  let isInterrupted = false;
  const rest = () => new Promise((resolve) => setTimeout(resolve, lookEveryMs));

  /** Comes back when no update is on its way any more. */
  async function halt(run: Active): Promise<void> {
    run.goal = 0;
    while (isBusy) await rest();
  }

  /** Does what must not see an update come between; `goOn` is to be called then. */
  async function between<T>(run: Active, work: () => Promise<T>): Promise<T> {
    let { goal } = run;
    run.goal = interrupted;
    while (isBusy) {
      await rest();
      if (run.goal !== interrupted) goal = run.goal;
      run.goal = interrupted;
    }
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
      if (run.goal === interrupted) run.goal = goal;
    }
  }

  /** Goes on to the run's goal, and says where it came to rest. */
  async function loop(run: Active): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    isTraining = true;
    isInterrupted = false;
    post({ type: 'running', step: run.newest?.step ?? run.trainer.step });
    try {
      await advance(run);
    } catch (error) {
      run.goal = run.trainer.step;
      fail(error);
    } finally {
      isBusy = false;
      isTraining = false;
    }
    isInterrupted = run.goal === interrupted;
    // For who looks on it still trains: said to rest, it would be asked again at once, and never get any farther.
    if (isInterrupted) return;
    const { step } = run.trainer;
    post({ type: step >= stepsOf(run.run) ? 'done' : 'paused', step });
  }

  /** After an interruption training goes on as it was asked to, before or meanwhile, if only to say that it rests. */
  async function goOn(run: Active): Promise<void> {
    if (isInterrupted || run.goal > run.trainer.step) await loop(run);
  }

  return { halt, between, loop, goOn, areOnTheirWay: () => isTraining || isInterrupted };
}
