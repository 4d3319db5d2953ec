import { AppError } from '../core/errors.ts';
import { type Active, stateAt, type takeUp } from './active.ts';
import type { Message } from './protocol.ts';
import type { Run } from './run.ts';
import type { RunStore } from './store.ts';

/** What looking at a run needs of its session. */
interface Session {
  readonly post: (message: Message) => void;
  readonly store: RunStore;
  /** Work on the GPU that is done again after the context was lost. */
  readonly surviving: <T>(work: () => Promise<T>) => Promise<T>;
  /** Comes back when no update is on its way any more. */
  readonly halt: (run: Active) => Promise<void>;
  /** Does what must not see an update come between. */
  readonly between: <T>(run: Active, work: () => Promise<T>) => Promise<T>;
}

/** Looks at a run as it is, as it was, and at what is left of it in the browser. */
export function createViews({ post, store, surviving, halt, between }: Session) {
  /** The model as it was at the last kept state at or before a step; the newest state waits. */
  async function show(run: Active, step: number): Promise<void> {
    await halt(run);
    const newest = run.newest ?? (await surviving(() => run.trainer.read()));
    const state = await stateAt(run, newest, step, store);
    const isOlder = state.step !== newest.step;
    run.newest = isOlder ? newest : undefined;
    run.shown = isOlder ? state : undefined;
    await surviving(async () => run.trainer.load(state));
    post({ type: 'shown', step: run.trainer.step });
  }

  /** What the run says about its probe now. */
  async function glance(run: Active): Promise<void> {
    const { watch } = run;
    if (!watch) return;
    const look = () => surviving(() => watch.frame(run.trainer));
    const frame = await (watch.isAtOnce ? look() : between(run, look));
    // Meanwhile it was asked about something else: what comes of that is said then.
    if (run.watch !== watch) return;
    post({ type: 'framed', frame, isKept: false });
  }

  /** Where a run was left; undefined where it was not, or where that cannot be read, which is said. */
  async function recall(run: Run): Promise<Parameters<typeof takeUp>[1] | undefined> {
    try {
      const [found, state] = [await store.recall(run), await store.load(run)];
      return found && state && { state, history: found.history, kept: found.steps };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      post({ type: 'notice', code: error.code, text: error.message });
      return undefined;
    }
  }

  return { show, glance, recall };
}
