import type { Data } from './data.ts';
import { isSameProbe } from './frames.ts';
import type { Frame, ProbeRows } from './probed.ts';
import type { Evaluation, Floors, History, Step, TrainerState, Whereabouts } from './protocol.ts';
import type { Run } from './run.ts';
import type { RunStore } from './store.ts';
import { createTrainer, type Given, type Trainer } from './trainer.ts';
import type { Watch } from './watch.ts';

/** A run that is being carried out. */
export interface Active {
  readonly run: Run;
  readonly data: Data;
  trainer: Trainer;
  /** Updates go on until this step. */
  goal: number;
  readonly steps: Step[];
  readonly evaluations: Evaluation[];
  /** What it is asked again and again. */
  probe: ProbeRows | undefined;
  watch: Watch | undefined;
  readonly frames: Frame[];
  readonly start: TrainerState;
  readonly given: Given;
  /** The last state whose losses were finite. */
  good: TrainerState;
  savedAt: number;
  /** Whether the page is about to be left, so that what there is should be saved at once. */
  isLeaving: boolean;
  floors: Floors | undefined;
  /** The newest state, while an older one is looked at. */
  newest: TrainerState | undefined;
  /** That older one. */
  shown: TrainerState | undefined;
  /** The steps whose states are kept in the browser. */
  kept: readonly number[];
}

/** A run at its start. */
export async function open(run: Run, data: Data, given: Given): Promise<Active> {
  const trainer = await createTrainer(run, data, given);
  const first = await trainer.read();
  return {
    run,
    data,
    trainer,
    goal: 0,
    steps: [],
    evaluations: [],
    probe: undefined,
    watch: undefined,
    frames: [],
    start: first,
    good: first,
    savedAt: performance.now(),
    isLeaving: false,
    floors: undefined,
    newest: undefined,
    shown: undefined,
    given,
    kept: [],
  };
}

/** Makes again what was on the GPU: the run with its last good numbers. The same draws give the same curve. */
export async function remake(run: Active): Promise<void> {
  run.trainer = await createTrainer(run.run, run.data, run.given);
  if (run.shown) run.trainer.load(run.shown);
  else backTo(run, run.good);
}

/** The newest state in the place of an older one that was looked at. */
export function backToNewest(run: Active): void {
  if (!run.newest) return;
  run.trainer.load(run.newest);
  run.newest = undefined;
  run.shown = undefined;
}

export const historyOf = ({ steps, evaluations, probe, frames }: Active): History => ({
  steps: steps.slice(),
  evaluations: evaluations.slice(),
  probe,
  frames: frames.slice(),
});

/** A goal that no command sets: updates wait for something that none may come between. */
export const interrupted = -1;

/** What is needed to go on with a run elsewhere. */
export function whereabouts(run: Active): Whereabouts {
  const state = run.newest ?? run.good;
  const sofar = <T extends { readonly step: number }>(all: readonly T[]) =>
    all.filter(({ step }) => step <= state.step);
  const { probe } = run;
  const history = { steps: sofar(run.steps), evaluations: sofar(run.evaluations), probe, frames: sofar(run.frames) };
  return { run: run.run, state, history, kept: run.kept, goal: run.goal };
}

/** Puts a run where it stood when it was left. */
export function takeUp(run: Active, { state, history, kept }: Omit<Whereabouts, 'run' | 'goal'>): void {
  run.good = state;
  run.kept = kept;
  run.steps.push(...history.steps);
  run.evaluations.push(...history.evaluations);
  if (isSameProbe(run.probe, history.probe)) run.frames.push(...(history.frames ?? []));
  backTo(run, state);
}

/** Sets a run back to an earlier state of it; what it did since is forgotten. */
export function backTo(run: Active, state: TrainerState): void {
  run.trainer.load(state);
  run.newest = undefined;
  run.shown = undefined;
  run.steps.length = run.steps.findLastIndex(({ step }) => step <= state.step) + 1;
  run.evaluations.length = run.evaluations.findLastIndex(({ step }) => step <= state.step) + 1;
  run.frames.length = run.frames.findLastIndex(({ step }) => step <= state.step) + 1;
  run.good = state;
}

/** The last known state at or before a step: one of those at hand, or one that is kept in the browser. */
export async function stateAt(run: Active, newest: TrainerState, step: number, store: RunStore): Promise<TrainerState> {
  const known = [run.start, run.good, newest].filter((state) => state.step <= step);
  const nearest = known.reduce((a, b) => (b.step > a.step ? b : a), run.start);
  const earlier = run.kept.findLast((one) => one <= step) ?? 0;
  const found = earlier > nearest.step ? await store.load(run.run, step) : undefined;
  return found ?? nearest;
}
