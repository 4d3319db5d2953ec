import { AppError } from '../core/errors.ts';
import { type Active, backTo, backToNewest, historyOf, open, remake, stateAt, takeUp, whereabouts } from './active.ts';
import { type Claim, claimRun } from './claim.ts';
import { createContext, type Device } from './context.ts';
import { asAppError, checkFit } from './fit.ts';
import type { Opened } from './opened.ts';
import { stepsOf } from './phases.ts';
import { createFloors, createPreparing } from './prepared.ts';
import type { Command, Message } from './protocol.ts';
import { createRunLoop } from './run-loop.ts';
import { keyOf } from './settings.ts';
import type { RunStore } from './store.ts';
import { trainedFor } from './trained.ts';
import { createUpdates } from './updates.ts';
import { createViews } from './views.ts';
import { createWarming } from './warming.ts';
import { writeDown } from './write-back.ts';

type ToRun = Exclude<Command, { type: 'warm' | 'start' | 'pace' | 'stop' | 'loseContext' | 'open' | 'view' }>;

/** What asks a run about a probe: fetched where there is one. */
const asking = () => import('./asking.ts');

const judge = ({ trainer }: Active, { by }: Extract<Command, { type: 'judge' }>) =>
  by ? trainer.judgeBy(by) : trainer.readBack();

const elsewhere =
  'Another tab, or another part of this page, has this very run. Both go on; of what they save the farthest is kept.';

/**
 * Carries out commands one after the other and answers each: the whole of the worker, and of the main thread where no
 * worker can.
 */
export function createSession(
  post: (message: Message) => void,
  device: Device,
  store: RunStore,
  claim: Claim = claimRun,
) {
  let active: Active | undefined;
  /** Settled when no run is being made ready. */
  let starting: Promise<unknown> = Promise.resolve();
  /** So many runs are asked for and not there yet. */
  let waiting = 0;
  /** A model that came in files: what reads it is fetched with the first one. */
  let opened: Opened | undefined;
  const prepare = createPreparing();
  const floorsOf = createFloors();
  let isReady = false;
  let release: () => void = () => undefined;

  const context = createContext(device, {
    lost: () => post({ type: 'contextLost' }),
    remake: async () => {
      if (active) await remake(active);
      await opened?.remake();
    },
    recovered,
    stranded: (text) => post({ type: 'stranded', text, from: active && whereabouts(active) }),
  });
  const { surviving } = context;
  const isBusy = () => active !== undefined || waiting > 0;
  const warm = createWarming({ prepare, floorsOf, limits: device.limits, guarded: context.guarded, isBusy });
  const runLoop = createRunLoop({ post, store, guarded: context.guarded });
  const advance = (run: Active) => {
    backToNewest(run);
    return runLoop.advance(run);
  };
  const updates = createUpdates({
    post,
    fail,
    advance: (run) =>
      context.retried(
        () => advance(run),
        () => run.good.step,
      ),
  });
  const { halt, between, loop, goOn } = updates;

  function recovered(): void {
    const run = active;
    const step = run && (run.newest?.step ?? run.trainer.step);
    post({ type: 'recovered', step });
    if (run && step !== undefined) post({ type: updates.areOnTheirWay() ? 'running' : 'paused', step });
    if (run?.shown) post({ type: 'shown', step: run.shown.step });
  }

  async function begin(): Promise<void> {
    const { backend, adapter } = await context.start();
    if (!isReady) post({ type: 'ready', backend, adapter });
    isReady = true;
  }

  function fail(error: unknown, id?: number): void {
    const { code, message, field } = asAppError(error);
    post({ type: 'failed', id, code, text: message, field });
  }

  function announce(run: Active): void {
    const { trainer, kept } = run;
    const { step, parameters } = trainer;
    post({ type: 'started', run: run.run, step, parameters, history: historyOf(run), kept });
  }

  async function end(): Promise<void> {
    if (!active) return;
    await halt(active);
    active.trainer.dispose();
    active = undefined;
    release();
  }

  async function start({
    run,
    resume = false,
    from,
    given: recorded,
    probe,
  }: Extract<Command, { type: 'start' }>): Promise<void> {
    await end();
    await begin();
    const stage = (text: string, done: number, of: number) => post({ type: 'stage', text, done, of });
    const data = await prepare(run.text, stage);
    checkFit(run, data.vocabulary.size, device.limits());
    stage('Building the model', 0, 1);
    const given = await trainedFor(run, data, store);
    const next = await surviving(() => open(run, data, given));
    active = next;
    if (probe) (await asking()).askText(next, probe);
    else if (from?.history.probe) (await asking()).ask(next, from.history.probe);
    release = claim(keyOf(run), () => post({ type: 'notice', code: 'unavailable', text: elsewhere }));
    const left = from ?? recorded ?? (resume ? await views.recall(run) : undefined);
    if (left) takeUp(next, left);
    await surviving(async () => next.trainer.load(next.good));
    await surviving(() => next.trainer.rehearse((done, of) => stage('Making the programs of a step', done, of)));
    announce(next);
    if (from) post({ type: 'recovered', step: next.trainer.step });
    next.floors = await floorsOf(data, run);
    post({ type: 'floors', floors: next.floors });
  }

  /** The state that a run is set back to. */
  const stateOf = async (run: Active, command: Extract<ToRun, { type: 'rewind' | 'restore' }>) =>
    command.type === 'restore' ? run.good : stateAt(run, run.newest ?? run.good, command.to ?? 0, store);

  const views = createViews({ post, store, surviving, halt, between });

  /** Updates wait for what is not read at once; then they go on. */
  async function glance(run: Active): Promise<void> {
    await views.glance(run);
    await goOn(run);
  }

  /** Carries out a command to a run. */
  async function tell(run: Active, command: ToRun): Promise<void> {
    switch (command.type) {
      case 'pause':
        run.goal = run.newest?.step ?? run.trainer.step;
        return;
      case 'save':
        run.isLeaving = updates.areOnTheirWay();
        return;
      case 'resume':
        run.goal = stepsOf(run.run);
        return loop(run);
      case 'runTo':
        run.goal = command.step;
        return loop(run);
      case 'rewind':
      case 'restore':
        await halt(run);
        await surviving(async () => backTo(run, await stateOf(run, command)));
        return announce(run);
      case 'show':
        return views.show(run, command.step);
      case 'probe':
        (await asking()).askText(run, command.probe);
        post({ type: 'probed', probe: run.probe });
        return glance(run);
      case 'glance':
        return glance(run);
      case 'inspect': {
        const value = await surviving(() => run.trainer.inspect([command.example], command.taps));
        return post({ type: 'answer', id: command.id, value });
      }
      case 'write': {
        const { id, example, taps } = command;
        try {
          post({
            type: 'written',
            id,
            ...(await between(run, () => surviving(() => writeDown(run.trainer, example, taps)))),
          });
        } catch (error) {
          fail(error, id);
        }
        return goOn(run);
      }
      case 'judge': {
        const at = await surviving(() => judge(run, command));
        return post({ type: 'judged', id: command.id, at });
      }
      case 'weights':
        return post({ type: 'weights', id: command.id, weights: await surviving(() => run.trainer.weights()) });
    }
  }

  async function receive(command: Command): Promise<void> {
    try {
      if (command.type === 'warm') {
        await begin();
        if (command.run) starting = warm(command.run, starting);
        return;
      }
      if (command.type === 'loseContext') return device.lose();
      if (command.type === 'open' || command.type === 'view') {
        await begin();
        opened ??= (await import('./opened.ts')).createOpened(post, device);
        const { tell } = opened;
        return await surviving(() => tell(command));
      }
      if (command.type === 'pace') return runLoop.limit(command.stepsPerSecond);
      if (command.type === 'start') {
        waiting += 1;
        const before = starting.catch(() => undefined);
        starting = before
          .then(() => start(command))
          .finally(() => {
            waiting -= 1;
          });
        return void (await starting);
      }
      await starting.catch(() => undefined);
      if (command.type === 'stop') {
        await end();
        return post({ type: 'stopped' });
      }
      if (!active) throw new AppError('unavailable', 'There is no run yet. Press Start first.');
      await tell(active, command);
    } catch (error) {
      fail(error, 'id' in command ? command.id : undefined);
    }
  }

  return { receive };
}
