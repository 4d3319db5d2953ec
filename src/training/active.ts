import type { Data } from './data.ts';
import type { Evaluation, Floors, History, Step, TrainerState, Whereabouts } from './protocol.ts';
import type { Run } from './run.ts';
import { createTrainer, type Given, type Trainer } from './trainer.ts';

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

export const historyOf = ({ steps, evaluations }: Active): History => ({
  steps: steps.slice(),
  evaluations: evaluations.slice(),
});

/** What is needed to go on with a run elsewhere. */
export function whereabouts(run: Active): Whereabouts {
  const state = run.newest ?? run.good;
  const sofar = <T extends { readonly step: number }>(all: readonly T[]) =>
    all.filter(({ step }) => step <= state.step);
  const history = { steps: sofar(run.steps), evaluations: sofar(run.evaluations) };
  return { run: run.run, state, history, kept: run.kept, goal: run.goal };
}

/** Puts a run where it stood when it was left. */
export function takeUp(run: Active, { state, history, kept }: Omit<Whereabouts, 'run' | 'goal'>): void {
  run.good = state;
  run.kept = kept;
  run.steps.push(...history.steps);
  run.evaluations.push(...history.evaluations);
  backTo(run, state);
}

/** Sets a run back to an earlier state of it; what it did since is forgotten. */
export function backTo(run: Active, state: TrainerState): void {
  run.trainer.load(state);
  run.newest = undefined;
  run.shown = undefined;
  run.steps.length = run.steps.findLastIndex(({ step }) => step <= state.step) + 1;
  run.evaluations.length = run.evaluations.findLastIndex(({ step }) => step <= state.step) + 1;
  run.good = state;
}
