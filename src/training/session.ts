import { AppError } from '../core/errors.ts';
import type { Example } from '../objectives/objective.ts';
import { prepare } from './data.ts';
import { floorsOf } from './floors.ts';
import { stepsOf } from './phases.ts';
import type { Command, Message, Written } from './protocol.ts';
import type { Run } from './run.ts';
import { type Active, backTo, ContextLost, createRunLoop, historyOf } from './run-loop.ts';
import type { RunStore } from './store.ts';
import { trainedFor } from './trained.ts';
import { createTrainer } from './trainer.ts';
import { rereading } from './write-back.ts';

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

/** A goal that no command sets. */
const unasked = -1;

/** What the run writes for an example, and the taps of the model while it reads that over. */
async function writeDown({ trainer }: Active, example: Example, taps: readonly string[]): Promise<Written> {
  const [ids = []] = await trainer.write([example]);
  return { ids, step: trainer.step, taps: await trainer.inspect(rereading(example, ids), taps) };
}

/**
 * Carries out commands one after the other and answers each: the whole of the worker, and of the main thread where no
 * worker can.
 */
export function createSession(post: (message: Message) => void, device: Device, store: RunStore) {
  let active: Active | undefined;
  let ready: Promise<void> | undefined;
  let looping = false;
  let loseNow: (error: Error) => void = () => undefined;
  let lost = new Promise<never>(() => undefined);

  /** A read of the GPU that fails when the context is lost; by itself it would never come back. */
  const guarded = <T>(work: Promise<T>): Promise<T> => Promise.race([work, lost]);

  const rebuild = async () => {
    await device.rebuild();
    watchContext();
  };
  const runLoop = createRunLoop({ post, store, guarded, rebuild });

  function watchContext(): void {
    lost = new Promise<never>((_, reject) => {
      loseNow = reject;
    });
    lost.catch(() => undefined);
  }

  function begin(): Promise<void> {
    ready ??= device.start().then(({ backend, adapter }) => {
      watchContext();
      device.onLost(() => {
        loseNow(new ContextLost('context lost'));
        // At rest nobody is waiting for the GPU, so nobody else would notice.
        const resting = looping ? undefined : active;
        if (resting) runLoop.recover(resting).then(() => post({ type: 'paused', step: resting.trainer.step }), fail);
      });
      post({ type: 'ready', backend, adapter });
    });
    ready.catch(() => {
      ready = undefined;
    });
    return ready;
  }

  function fail(error: unknown, id?: number): void {
    if (error instanceof AppError) {
      post({ type: 'failed', id, code: error.code, text: error.message, field: error.field });
      return;
    }
    const said = error instanceof Error ? error.message : String(error);
    post({ type: 'failed', id, code: 'internal', text: `Something went wrong in the training itself: ${said}` });
  }

  function announce(run: Active): void {
    post({
      type: 'started',
      run: run.run,
      step: run.trainer.step,
      parameters: run.trainer.parameters,
      history: historyOf(run),
      kept: run.kept,
    });
  }

  /** Comes back when no update is on its way any more. */
  async function halt(run: Active): Promise<void> {
    run.goal = 0;
    while (looping) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Does what must not see an update come between; then training goes on as it was asked to, before or meanwhile. */
  async function between<T>(run: Active, work: () => Promise<T>): Promise<T> {
    const { goal } = run;
    await halt(run);
    run.goal = unasked;
    looping = true;
    try {
      return await work();
    } finally {
      looping = false;
      if (run.goal === unasked) run.goal = goal;
    }
  }

  async function end(): Promise<void> {
    if (!active) return;
    await halt(active);
    active.trainer.dispose();
    active = undefined;
  }

  async function start(run: Run, resume: boolean): Promise<void> {
    await end();
    await begin();
    const stage = (text: string, done: number, of: number) => post({ type: 'stage', text, done, of });
    const data = await prepare(run.text, stage);
    stage('Building the model', 0, 1);
    const given = await trainedFor(run, data, store);
    const trainer = await createTrainer(run, data, given);
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
      floors: undefined,
      newest: undefined,
      given,
      kept: [],
    };
    active = next;
    if (resume) await restoreFrom(next);
    announce(next);
    next.floors = floorsOf(data, run);
    post({ type: 'floors', floors: next.floors });
  }

  async function restoreFrom(run: Active): Promise<void> {
    try {
      const [kept, state] = [await store.recall(run.run), await store.load(run.run)];
      if (!kept || !state) return;
      run.trainer.load(state);
      run.good = state;
      run.kept = kept.steps;
      run.steps.push(...kept.history.steps.filter(({ step }) => step <= state.step));
      run.evaluations.push(...kept.history.evaluations.filter(({ step }) => step <= state.step));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      post({ type: 'notice', code: error.code, text: error.message });
    }
  }

  /** The model as it was at the last kept state at or before a step; the newest state waits. */
  async function show(run: Active, step: number): Promise<void> {
    await halt(run);
    const newest = run.newest ?? (await guarded(run.trainer.read()));
    const known = [run.start, run.good, newest].filter((state) => state.step <= step);
    const nearest = known.reduce((a, b) => (b.step > a.step ? b : a), run.start);
    const earlier = run.kept.findLast((one) => one <= step) ?? 0;
    const found = earlier > nearest.step ? await store.load(run.run, step) : undefined;
    const state = found ?? nearest;
    run.trainer.load(state);
    run.newest = state.step === newest.step ? undefined : newest;
    post({ type: 'shown', step: run.trainer.step });
  }

  async function loop(run: Active): Promise<void> {
    if (looping) return;
    looping = true;
    if (run.newest) {
      run.trainer.load(run.newest);
      run.newest = undefined;
    }
    post({ type: 'running', step: run.trainer.step });
    try {
      await runLoop.advance(run);
    } catch (error) {
      run.goal = run.trainer.step;
      fail(error);
    } finally {
      looping = false;
    }
    const { step } = run.trainer;
    post({ type: step >= stepsOf(run.run) ? 'done' : 'paused', step });
  }

  async function receive(command: Command): Promise<void> {
    try {
      if (command.type === 'warm') return await begin();
      if (command.type === 'start') return await start(command.run, command.resume ?? false);
      if (command.type === 'loseContext') return device.lose();
      const run = active;
      if (!run) throw new AppError('unavailable', 'There is no run yet. Press Start first.');
      if (command.type === 'pause') run.goal = run.newest?.step ?? run.trainer.step;
      else if (command.type === 'resume') run.goal = stepsOf(run.run);
      else if (command.type === 'runTo') run.goal = command.step;
      else if (command.type === 'rewind' || command.type === 'restore') {
        await halt(run);
        backTo(run, command.type === 'rewind' ? run.start : run.good);
        return announce(run);
      } else if (command.type === 'show') return await show(run, command.step);
      else if (command.type === 'stop') return await end();
      else if (command.type === 'inspect') {
        const value = await guarded(run.trainer.inspect(command.example, command.taps));
        return post({ type: 'answer', id: command.id, value });
      } else if (command.type === 'write') {
        const { id, example, taps } = command;
        try {
          post({ type: 'written', id, ...(await between(run, () => guarded(writeDown(run, example, taps)))) });
        } catch (error) {
          fail(error, id);
        }
        if (run.goal <= run.trainer.step) return;
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
