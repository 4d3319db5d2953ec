import { AppError } from '../core/errors.ts';
import { type Data, prepare } from './data.ts';
import { floorsOf } from './floors.ts';
import type { Command, Evaluation, Message, RunConfig, Step } from './protocol.ts';
import type { CheckpointStore } from './store.ts';
import { train } from './train.ts';
import { createTrainer, type Trainer, type TrainerState } from './trainer.ts';

/** What a session needs of the machine it runs on. */
export interface Device {
  /** Makes the GPU ready; throws `no-webgl2` or `half-float` with a sentence when it cannot be used. */
  start(): Promise<{ readonly backend: string; readonly adapter: string }>;
  /** Calls `listener` each time the GPU's context is lost. */
  onLost(listener: () => void): void;
  /** A new context in place of a lost one; all tensors of the old one are gone. */
  rebuild(): Promise<void>;
  lose(): void;
}

/** Shortest time between two checkpoints, in milliseconds. */
const checkpointEveryMs = 10_000;
/** Steps are sent to the page at most this often, in milliseconds. */
const reportEveryMs = 50;

class ContextLost extends Error {}

interface Active {
  readonly run: RunConfig;
  readonly data: Data;
  trainer: Trainer;
  goal: number;
  readonly steps: Step[];
  readonly evaluations: Evaluation[];
  readonly start: TrainerState;
  good: TrainerState;
  savedAt: number;
}

/** Carries out commands one after the other and answers each: the whole of the worker, and of the main thread where no worker can. */
export function createSession(post: (message: Message) => void, device: Device, store: CheckpointStore) {
  let active: Active | undefined;
  let ready: Promise<void> | undefined;
  let looping = false;
  let loseNow: (error: Error) => void = () => undefined;
  let lost = new Promise<never>(() => undefined);

  /** A read of the GPU that fails when the context is lost; by itself it would never come back. */
  const guarded = <T>(work: Promise<T>): Promise<T> => Promise.race([work, lost]);

  function watchContext(): void {
    lost = new Promise<never>((_, reject) => {
      loseNow = reject;
    });
    lost.catch(() => undefined);
  }

  function begin(): Promise<void> {
    ready ??= device.start().then(({ backend, adapter }) => {
      watchContext();
      device.onLost(() => loseNow(new ContextLost('context lost')));
      post({ type: 'ready', backend, adapter });
    });
    ready.catch(() => {
      ready = undefined;
    });
    return ready;
  }

  function fail(error: unknown, id?: number): void {
    const answer = id === undefined ? {} : { id };
    if (error instanceof AppError) {
      const field = error.field === undefined ? {} : { field: error.field };
      post({ type: 'failed', ...answer, code: error.code, text: error.message, ...field });
    } else {
      const text = error instanceof Error ? error.message : String(error);
      post({
        type: 'failed',
        ...answer,
        code: 'internal',
        text: `Something went wrong in the training itself: ${text}`,
      });
    }
  }

  const history = ({ steps, evaluations }: Active) => ({ steps: steps.slice(), evaluations: evaluations.slice() });

  function announce(run: Active): void {
    post({
      type: 'started',
      run: run.run,
      step: run.trainer.step,
      parameters: run.trainer.parameters,
      history: history(run),
    });
  }

  /** Comes back when no update is on its way any more. */
  async function halt(run: Active): Promise<void> {
    run.goal = 0;
    while (looping) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  async function end(): Promise<void> {
    if (!active) return;
    await halt(active);
    active.trainer.dispose();
    active = undefined;
  }

  async function start(run: RunConfig, resume: boolean): Promise<void> {
    await end();
    await begin();
    const stage = (text: string, done: number, of: number) => post({ type: 'stage', text, done, of });
    const data = await prepare(run, stage);
    stage('Building the model', 0, 1);
    const trainer = await createTrainer(run, data);
    const first = await guarded(trainer.read());
    const next: Active = {
      run,
      data,
      trainer,
      goal: 0,
      steps: [],
      evaluations: [],
      start: first,
      good: first,
      savedAt: performance.now(),
    };
    active = next;
    if (resume) await restoreFrom(next);
    announce(next);
    post({ type: 'floors', floors: floorsOf(data, run) });
  }

  async function restoreFrom(run: Active): Promise<void> {
    try {
      const saved = await store.load(run.run);
      if (!saved) return;
      run.trainer.load(saved.state);
      run.good = saved.state;
      run.steps.push(...saved.history.steps);
      run.evaluations.push(...saved.history.evaluations);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      post({ type: 'notice', code: error.code, text: error.message });
    }
  }

  async function checkpoint(run: Active): Promise<void> {
    run.good = await guarded(run.trainer.read());
    run.savedAt = performance.now();
    try {
      await store.save({ version: 1, run: run.run, state: run.good, history: history(run) });
      post({ type: 'saved', step: run.good.step });
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
    await device.rebuild();
    watchContext();
    run.trainer = await createTrainer(run.run, run.data);
    backTo(run, run.good);
    post({ type: 'recovered', step: run.trainer.step });
  }

  function backTo(run: Active, state: TrainerState): void {
    run.trainer.load(state);
    run.steps.length = run.steps.findLastIndex(({ step }) => step <= state.step) + 1;
    run.evaluations.length = run.evaluations.findLastIndex(({ step }) => step <= state.step) + 1;
    run.good = state;
  }

  /** Where the next halt is: the goal, or the next evaluation before it. */
  function nextHalt({ run, trainer, goal }: Active): number {
    const evaluation = (Math.floor(trainer.step / run.evaluateEvery) + 1) * run.evaluateEvery;
    return Math.min(goal, run.steps, evaluation);
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
          `The loss stopped being a number at step ${value.step}: the learning rate ${run.run.learningRate} is probably too high. Go back to step ${run.good.step}, the last good one, or start again with a lower rate.`,
          'learningRate',
        );
      }
      run.steps.push(value);
      unsent.push(value);
      if (performance.now() - sentAt > reportEveryMs) flush();
    }
    flush();
  }

  async function loop(run: Active): Promise<void> {
    if (looping) return;
    looping = true;
    post({ type: 'running', step: run.trainer.step });
    try {
      while (active === run && run.trainer.step < Math.min(run.goal, run.run.steps)) {
        try {
          if (run.trainer.step === 0) await evaluate(run);
          await runUntilHalt(run);
          if (run.trainer.step % run.run.evaluateEvery === 0 || run.trainer.step === run.run.steps) await evaluate(run);
          if (performance.now() - run.savedAt > checkpointEveryMs) await checkpoint(run);
        } catch (error) {
          if (!(error instanceof ContextLost)) throw error;
          await recover(run);
        }
      }
      if (active !== run) return;
      await checkpoint(run);
      post(
        run.trainer.step >= run.run.steps
          ? { type: 'done', step: run.trainer.step }
          : { type: 'paused', step: run.trainer.step },
      );
    } catch (error) {
      run.goal = run.trainer.step;
      fail(error);
      post({ type: 'paused', step: run.trainer.step });
    } finally {
      looping = false;
    }
  }

  async function receive(command: Command): Promise<void> {
    try {
      if (command.type === 'warm') return await begin();
      if (command.type === 'start') return await start(command.run, command.resume ?? false);
      if (command.type === 'loseContext') return device.lose();
      const run = active;
      if (!run) throw new AppError('unavailable', 'There is no run yet. Press Start first.');
      if (command.type === 'pause') run.goal = run.trainer.step;
      else if (command.type === 'resume') run.goal = run.run.steps;
      else if (command.type === 'runTo') run.goal = command.step;
      else if (command.type === 'rewind' || command.type === 'restore') {
        await halt(run);
        backTo(run, command.type === 'rewind' ? run.start : run.good);
        return announce(run);
      } else if (command.type === 'stop') return await end();
      else if (command.type === 'inspect') {
        const value = await guarded(run.trainer.inspect(command.example, command.taps));
        return post({ type: 'answer', id: command.id, value });
      } else if (command.type === 'readBack') {
        return post({ type: 'readBackAnswer', id: command.id, at: await guarded(run.trainer.readBack()) });
      } else {
        return post({ type: 'weights', id: command.id, weights: await guarded(run.trainer.weights()) });
      }
      if (command.type !== 'pause') await loop(run);
    } catch (error) {
      fail(error, 'id' in command ? command.id : undefined);
    }
  }

  return { receive };
}
