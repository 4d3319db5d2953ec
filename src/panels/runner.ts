import type { ErrorCode } from '../core/errors.ts';
import type { Example } from '../objectives/objective.ts';
import type { Frame, ProbeRows, ProbeText } from '../training/probed.ts';
import type { Evaluation, Floors, Snapshot, Step, Written } from '../training/protocol.ts';
import type { Run } from '../training/run.ts';
import type { Conduct } from './conduct.svelte.ts';

export interface Problem {
  readonly code: ErrorCode;
  readonly text: string;
  readonly field?: string;
}

export type RunnerStatus = 'idle' | 'preparing' | 'paused' | 'running' | 'recovering' | 'done' | 'failed';

/** The current run and what it has done so far, as reactive state over a client. */
export interface Runner {
  readonly status: RunnerStatus;
  readonly run: Run | undefined;
  readonly step: number;
  readonly steps: readonly Step[];
  readonly evaluations: readonly Evaluation[];
  readonly floors: Floors | undefined;
  /** What the run is asked again and again, what it said at the steps that are kept, and what it said last. */
  readonly probe: ProbeRows | undefined;
  readonly frames: readonly Frame[];
  readonly latest: Frame | undefined;
  readonly parameters: number;
  readonly adapter: string;
  /** What is being prepared and how far it is: shown while nothing else moves. */
  readonly stage: { readonly text: string; readonly done: number; readonly of: number } | undefined;
  readonly problem: Problem | undefined;
  readonly notice: Problem | undefined;
  /** The step of the last checkpoint in this browser. */
  readonly savedAt: number | undefined;
  /** The steps whose states are kept in this browser. */
  readonly kept: readonly number[];
  /** What is asked is answered by the model as it was after so many updates. */
  readonly shown: number;
  /** Counts up whenever the weights have changed enough to look again. */
  readonly version: number;
  readonly conduct: Pick<Conduct, 'pace' | 'goesOn' | 'rest'>;
  /** Makes the engine ready for a run while the reader reads. */
  warm(run?: Run): void;
  /** Makes the model of `run`; then trains at once unless `paused`. With a probe it keeps frames. */
  start(run: Run, options?: { readonly resume?: boolean; readonly paused?: boolean; readonly probe?: ProbeText }): void;
  /** Takes up a run at a step of which the weights were recorded; how they had moved before is not known any more. */
  adopt(
    run: Run,
    recorded: {
      readonly step: number;
      readonly weights: Readonly<Record<string, Float32Array>>;
      readonly evaluations: readonly Evaluation[];
    },
    probe: ProbeText,
  ): void;
  /** Asks about another sentence from now on. */
  ask(probe: ProbeText): void;
  /** Asks about the probe now. */
  glance(): void;
  /** Gives up what is being prepared; a run that was there before is saved and gone from the page. */
  cancel(): void;
  pause(): void;
  resume(): void;
  runTo(step: number): void;
  oneStep(): void;
  /**
   * Brings back what is kept of this very run in this browser: its losses are there at once. → the step at which it can
   * go on, if any. Nothing once a run has begun.
   */
  recall(run: Run): Promise<number | undefined>;
  /** Looks at the last kept state at or before a step; the next update goes on from the newest. */
  show(step: number): void;
  /** Back to the last kept state at or before a step; without one to the start. */
  rewind(to?: number): void;
  restore(): void;
  loseContext(): void;
  dismiss(): void;
  inspect(example: Example, taps: readonly string[]): Promise<Readonly<Record<string, Snapshot>>>;
  weights(): Promise<Readonly<Record<string, Float32Array>>>;
  /** What the model writes for an example; training waits meanwhile. */
  write(example: Example, taps: readonly string[]): Promise<Written>;
  /** Saves the run where it stands and ends it. */
  close(): void;
}
