import type { Client } from '../training/client.ts';
import { connect as fetchClient } from '../training/connect.ts';
import { type Heard, heard, nothingHeard } from '../training/history.ts';
import { mayHaveKept } from '../training/kept-place.ts';
import type { Message } from '../training/protocol.ts';
import type { Run } from '../training/run.ts';
import type { KeptRun } from '../training/store.ts';
import { createConduct, forgetful, type Habit } from './conduct.svelte.ts';
import type { Problem, Runner, RunnerStatus } from './runner.ts';

/** Settled when the runs of pages that were left are saved. */
let leaving: Promise<unknown> = Promise.resolve();

/** What is kept of a run in this browser. */
async function recalled(run: Run): Promise<KeptRun | undefined> {
  const { createBrowserStore } = await import('../training/store.ts');
  return createBrowserStore().recall(run);
}

const sameNumbers = (step: number | undefined) =>
  step === undefined
    ? 'The graphics driver reset itself. The engine was started anew, and nothing is lost.'
    : `The graphics driver reset itself. The run went back to step ${step} and goes on with the same numbers.`;

/**
 * The client comes to life at the first command, so a page that only shows pictures never loads the engine.
 * `background` remembers whether training goes on while its page is hidden.
 */
export function createRunner(
  connect: (onMessage: (message: Message) => void) => Client = fetchClient,
  background: Habit = forgetful,
): Runner {
  let client: Client | undefined;
  let status = $state<RunnerStatus>('idle');
  let run = $state.raw<Run>();
  let known = $state.raw<Heard>(nothingHeard);
  let adapter = $state('');
  let stage = $state.raw<Runner['stage']>();
  let problem = $state.raw<Problem>();
  let notice = $state.raw<Problem>();
  /** The notice is one that the next checkpoint takes away. */
  let isAboutSaving = false;
  let savedAt = $state<number>();
  let version = $state(0);
  let latest = 0;
  let stay: () => void = () => undefined;
  /** What to do once the model is there. */
  let onStarted: (() => void) | undefined;

  const conduct = createConduct((command) => line().send(command), background);

  function hear(message: Message): void {
    known = heard(known, message);
    conduct.hear(message);
    if (message.type === 'ready') adapter = message.adapter;
    else if (message.type === 'stage') stage = { text: message.text, done: message.done, of: message.of };
    else if (message.type === 'started') {
      stage = undefined;
      run = message.run;
      // What goes on at once never stood still.
      status = onStarted ? 'running' : 'paused';
      version += 1;
      onStarted?.();
      onStarted = undefined;
    } else if (message.type === 'evaluated' || message.type === 'shown') version += 1;
    else if (message.type === 'saved') {
      savedAt = message.step;
      if (isAboutSaving) notice = undefined;
      isAboutSaving = false;
    } else if (message.type === 'running') status = 'running';
    else if (message.type === 'paused' || message.type === 'done') {
      status = message.type;
      version += 1;
    } else if (message.type === 'contextLost') {
      if (status === 'running' || status === 'paused' || status === 'done') status = 'recovering';
    } else if (message.type === 'recovered') notice = { code: 'context-lost', text: sameNumbers(message.step) };
    else if (message.type === 'notice') {
      notice = { code: message.code, text: message.text };
      isAboutSaving = message.about === 'saving';
    } else if (message.type === 'failed') {
      problem = { code: message.code, text: message.text, field: message.field };
      stage = undefined;
      if (status === 'preparing' || status === 'recovering') status = run ? 'paused' : 'failed';
    }
  }

  function line(): Client {
    if (client) return client;
    client = connect(hear);
    stay = conduct.begin(() => status === 'running');
    return client;
  }

  /** A run is about to be made. */
  function prepare(): void {
    problem = undefined;
    notice = undefined;
    known = { ...known, floors: undefined };
    latest += 1;
    savedAt = undefined;
    status = 'preparing';
    stage = { text: 'Starting the engine', done: 0, of: 1 };
    conduct.stop();
  }

  function leave(): void {
    stay();
    leaving = Promise.all([leaving, client?.close().catch(() => undefined)]);
    client = undefined;
  }

  return {
    get status() {
      return status;
    },
    get run() {
      return run;
    },
    get step() {
      return known.step;
    },
    get steps() {
      return known.steps;
    },
    get evaluations() {
      return known.evaluations;
    },
    get floors() {
      return known.floors;
    },
    get probe() {
      return known.probe;
    },
    get frames() {
      return known.frames;
    },
    get latest() {
      return known.latest;
    },
    get parameters() {
      return known.parameters;
    },
    get adapter() {
      return adapter;
    },
    get stage() {
      return stage;
    },
    get problem() {
      return problem;
    },
    get notice() {
      return notice;
    },
    get savedAt() {
      return savedAt;
    },
    get kept() {
      return known.kept;
    },
    get shown() {
      return known.shown;
    },
    get version() {
      return version;
    },
    conduct,
    warm: (next) => line().send({ type: 'warm', run: next }),
    start(next, { resume = false, paused = false, probe } = {}) {
      prepare();
      onStarted = paused ? undefined : () => conduct.go({ type: 'resume' });
      line().send({ type: 'start', run: next, resume, probe });
    },
    adopt(next, { step, weights, evaluations }, probe) {
      prepare();
      onStarted = undefined;
      const state = { step, weights: new Map(Object.entries(weights)), first: new Map(), second: new Map() };
      const history = { steps: [], evaluations: evaluations.filter((one) => one.step <= step) };
      line().send({ type: 'start', run: next, given: { state, history, kept: [] }, probe });
    },
    ask: (probe) => line().send({ type: 'probe', probe }),
    glance: () => line().send({ type: 'glance' }),
    cancel() {
      leave();
      [status, run, stage, known] = ['idle', undefined, undefined, nothingHeard];
    },
    pause() {
      conduct.stop();
      line().send({ type: 'pause' });
    },
    resume: () => conduct.go({ type: 'resume' }),
    runTo: (goal) => conduct.go({ type: 'runTo', step: goal }),
    oneStep: () => conduct.go({ type: 'runTo', step: known.step + 1 }),
    async recall(wanted) {
      latest += 1;
      const mine = latest;
      await leaving;
      const found = (await mayHaveKept()) ? await recalled(wanted).catch(() => undefined) : undefined;
      if (mine !== latest || run || status !== 'idle') return undefined;
      known = found
        ? { ...nothingHeard, ...found.history, floors: found.floors, kept: found.steps, step: found.steps.at(-1) ?? 0 }
        : nothingHeard;
      return found?.steps.at(-1);
    },
    show: (step) => line().send({ type: 'show', step }),
    rewind(to) {
      problem = undefined;
      line().send({ type: 'rewind', to });
    },
    restore() {
      problem = undefined;
      line().send({ type: 'restore' });
    },
    loseContext: () => line().send({ type: 'loseContext' }),
    dismiss() {
      problem = undefined;
      notice = undefined;
    },
    inspect: (example, taps) => line().inspect(example, taps),
    weights: () => line().weights(),
    write: (example, taps) => line().write(example, taps),
    close: leave,
  };
}
