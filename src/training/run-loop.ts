import { AppError } from '../core/errors.ts';
import { createTurns } from '../core/turns.ts';
import { type Active, historyOf, interrupted } from './active.ts';
import type { GpuContext } from './context.ts';
import { phaseAt, stepsOf } from './phases.ts';
import type { Frame } from './probed.ts';
import type { Evaluation, Message, Step, TrainerState } from './protocol.ts';
import { isState, type RunStore } from './store.ts';
import { createTempo } from './tempo.ts';
import { train } from './train.ts';
import type { Watch } from './watch.ts';

/** Time between two checkpoints, in milliseconds: what is lost at most when a tab is killed. */
const checkpointEveryMs = 5000;
/** The first one: a page that is closed or reloaded may not live to save what it is asked to on leaving. */
const firstCheckpointMs = 1500;
/** Steps are sent to the page at most this often, in milliseconds. */
const reportEveryMs = 50;
/** Updates that are held back are let go, or given up, after at most so many milliseconds. */
const listenEveryMs = 20;

/** What a run leaves behind on the page and in the browser. */
export interface Aftermath {
  readonly post: (message: Message) => void;
  readonly store: RunStore;
  /** Work on the GPU that fails with `ContextLost` instead of never coming back. */
  readonly guarded: GpuContext['guarded'];
}

const notFinite = (run: Active, what: 'loss' | 'model', step: number): AppError =>
  new AppError(
    'not-finite',
    `The ${what} stopped being ${what === 'loss' ? 'a number' : 'made of numbers'} at step ${step}: the learning rate ${phaseAt(run.run, step).phase.schedule.learningRate} is probably too high. Go back to step ${run.good.step}, the last good one, or start again with a lower rate.`,
    'learningRate',
  );

/** What the model was between two updates. */
type Seen =
  | { readonly kind: 'evaluation'; readonly at: Evaluation }
  | { readonly kind: 'frame'; readonly frame: Frame; readonly watch: Watch }
  | { readonly kind: 'state'; readonly state: TrainerState };

const isSeen = (value: Step | Seen): value is Seen => 'kind' in value;

/** Where updates end for now. */
const endOf = (run: Active): number => Math.min(run.goal, stepsOf(run.run));

function isEvaluationDue({ run, trainer: { step }, evaluations }: Active): boolean {
  const isPlace = step % run.training.evaluateEvery === 0 || step === stepsOf(run);
  return isPlace && !evaluations.some((one) => one.step === step);
}

/** Whether a frame of what the run says is to be kept of this step. */
const isFrameDue = ({ watch, frames, trainer: { step } }: Active): boolean =>
  watch?.isDue(step) === true && !frames.some((one) => one.step === step);

/** Updates, evaluations, frames and checkpoints of one run at a time. */
export function createRunLoop({ post, store, guarded }: Aftermath) {
  const tempo = createTempo();
  /** A state is being read or saved. */
  let isSaving = false;
  /** Settled when what was read is saved. */
  let saved: Promise<void> = Promise.resolve();

  const isSaveDue = (run: Active): boolean =>
    !isSaving && (run.isLeaving || performance.now() - run.savedAt > checkpointEveryMs);

  async function save(run: Active, state: TrainerState): Promise<void> {
    try {
      run.kept = (await store.save(run.run, state, historyOf(run), run.floors)).steps;
      post({ type: 'saved', step: state.step, kept: run.kept });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      post({ type: 'notice', code: error.code, text: error.message, about: 'saving' });
    } finally {
      run.savedAt = performance.now();
      isSaving = false;
    }
  }

  /** Saves a state beside the training. Throws `not-finite`. */
  function keep(run: Active, state: TrainerState): void {
    const { step } = state;
    if (!isState(state)) throw notFinite(run, 'model', step);
    run.good = state;
    run.isLeaving = false;
    isSaving = true;
    saved = save(run, state);
    // Who waits for it hears of it.
    saved.catch(() => undefined);
  }

  async function checkpoint(run: Active): Promise<void> {
    keep(run, await guarded(() => run.trainer.read()));
    await saved;
  }

  /** Reads what is to be known of the model before its next update. */
  function look(run: Active): readonly Promise<Seen>[] | Promise<readonly Promise<Seen>[]> {
    const { trainer, watch } = run;
    const reading: Promise<Seen>[] = [];
    if (isEvaluationDue(run)) reading.push(trainer.evaluate().then((at) => ({ kind: 'evaluation', at })));
    if (isSaveDue(run)) {
      isSaving = true;
      reading.push(trainer.read().then((state) => ({ kind: 'state', state })));
    }
    if (!watch || !isFrameDue(run)) return reading;
    const framed = watch.frame(trainer).then((frame): Seen => ({ kind: 'frame', frame, watch }));
    reading.push(framed);
    return watch.isAtOnce ? reading : framed.then(() => reading);
  }

  /** Goes on until the end or, if the updates are held back, until the next one has to wait. */
  async function go(run: Active): Promise<void> {
    let unsent: Step[] = [];
    let sentAt = performance.now();
    // Where this very thread does the work, as with WebAssembly, nothing else would let a message in.
    const turns = createTurns();
    const flush = () => {
      if (unsent.length > 0) post({ type: 'steps', steps: unsent });
      unsent = [];
      sentAt = performance.now();
    };
    const goal = () => (tempo.wait(run.trainer.step) > 0 ? 0 : endOf(run));
    const steps = train(run.trainer, goal, () => look(run));
    const hear = (value: Step | Seen) => {
      if (isSeen(value)) {
        flush();
        if (value.kind === 'state') return keep(run, value.state);
        if (value.kind === 'frame') {
          // It was asked about something else meanwhile.
          if (value.watch !== run.watch) return;
          run.frames.push(value.frame);
          return post({ type: 'framed', frame: value.frame, isKept: true });
        }
        run.evaluations.push(value.at);
        return post({ type: 'evaluated', at: value.at });
      }
      if (value.loss !== undefined && !Number.isFinite(value.loss)) throw notFinite(run, 'loss', value.step);
      run.steps.push(value);
      unsent.push(value);
      if (performance.now() - sentAt > reportEveryMs) flush();
    };
    for (;;) {
      const { value, done } = await guarded(() => steps.next());
      if (done) break;
      try {
        hear(value);
      } catch (error) {
        flush();
        await guarded(() => steps.return());
        throw error;
      }
      await turns();
    }
    flush();
  }

  /** Comes back when the next update may begin, or something else is to be done. */
  async function untilDue(run: Active): Promise<void> {
    for (;;) {
      const { step } = run.trainer;
      const wait = tempo.wait(step);
      if (wait === 0 || step >= endOf(run) || isSaveDue(run)) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, listenEveryMs)));
    }
  }

  /**
   * Goes on to the run's goal. Throws what stopped it; then nothing is on its way any more. After `ContextLost` it may
   * be called again.
   */
  async function advance(run: Active): Promise<void> {
    run.savedAt = performance.now() - (checkpointEveryMs - firstCheckpointMs);
    isSaving = false;
    try {
      while (run.trainer.step < endOf(run)) {
        await go(run);
        await untilDue(run);
        // At the end it is saved anyhow.
        if (isSaveDue(run) && run.trainer.step < endOf(run)) await checkpoint(run);
      }
      await saved;
      if (run.goal !== interrupted) await checkpoint(run);
    } finally {
      await saved;
    }
  }

  return { advance, limit: tempo.limit };
}
