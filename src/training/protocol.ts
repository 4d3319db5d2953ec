import type { ErrorCode } from '../core/errors.ts';
import type { Chosen } from '../hub/gathered.ts';
import type { Best } from '../objectives/best.ts';
import type { Example } from '../objectives/objective.ts';
import type { Hits } from '../text/classes.ts';
import type { OptimizerState } from './optimizer.ts';
import type { Frame, ProbeRows, ProbeText } from './probed.ts';
import type { Run } from './run.ts';

/** What the page asks of the worker. */
export type Command =
  /**
   * Makes the engine ready ahead of time, while the reader reads: the text of `run` is read, and the programs of an
   * update are compiled. Nothing of it is told but `ready`.
   */
  | { readonly type: 'warm'; readonly run?: Run }
  /**
   * Makes the model and stays at its start, at its last checkpoint when `resume` is set, or where `from` or `given`
   * says: a run that comes from elsewhere, or what was recorded of one. With a probe it keeps frames of what the run
   * says about it.
   */
  | {
      readonly type: 'start';
      readonly run: Run;
      readonly resume?: boolean;
      readonly from?: Whereabouts;
      readonly given?: Pick<Whereabouts, 'state' | 'history' | 'kept'>;
      readonly probe?: ProbeText;
    }
  /** Asks about another sentence from now on; frames of another one are forgotten. */
  | { readonly type: 'probe'; readonly probe: ProbeText }
  /** Asks about the probe now. The frame is not kept. */
  | { readonly type: 'glance' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Run until this step is done, then pause. */
  | { readonly type: 'runTo'; readonly step: number }
  /** Back to the last kept state at or before a step; without one to the start, which is the same start. */
  | { readonly type: 'rewind'; readonly to?: number }
  /** Back to the last checkpoint whose losses were finite. */
  | { readonly type: 'restore' }
  /**
   * Looks at the last kept state at or before a step, without forgetting the newer ones; the next update goes on from
   * the newest.
   */
  | { readonly type: 'show'; readonly step: number }
  /** At most so many updates a second from now on, whatever runs; 0: as fast as it goes. No number depends on it. */
  | { readonly type: 'pace'; readonly stepsPerSecond: number }
  /** Saves what there is, ahead of time: the page may be about to go. */
  | { readonly type: 'save' }
  /** Ends the run, saved as it is; answered by `stopped`. */
  | { readonly type: 'stop' }
  | { readonly type: 'inspect'; readonly id: number; readonly example: Example; readonly taps: readonly string[] }
  | { readonly type: 'weights'; readonly id: number }
  /**
   * Another question than the run's own; without one clean held-out text with every ordinary token asked for. Does the
   * model know what it was not trained on, or what it plainly sees?
   */
  | { readonly type: 'judge'; readonly id: number; readonly by?: OtherQuestion }
  /** The text that a model writes for an example, token by token the most probable; training waits meanwhile. */
  | { readonly type: 'write'; readonly id: number; readonly example: Example; readonly taps: readonly string[] }
  /** Opens a model that came in files, in place of the one that was opened before; no run is touched. */
  | { readonly type: 'open'; readonly id: number; readonly files: readonly Chosen[] }
  /** Asks the opened model; the answer is `viewed`. */
  | { readonly type: 'view'; readonly id: number; readonly example: Example }
  /** For tests and the curious: loses the GPU context as a driver would. */
  | { readonly type: 'loseContext' };

/** What the worker says. */
export type Message =
  | { readonly type: 'ready'; readonly backend: string; readonly adapter: string }
  | { readonly type: 'stage'; readonly text: string; readonly done: number; readonly of: number }
  | {
      readonly type: 'started';
      readonly run: Run;
      readonly step: number;
      readonly parameters: number;
      readonly history: History;
      /** The steps whose states are kept in this browser. */
      readonly kept: readonly number[];
    }
  | { readonly type: 'floors'; readonly floors: Floors }
  | { readonly type: 'steps'; readonly steps: readonly Step[] }
  | { readonly type: 'evaluated'; readonly at: Evaluation }
  /** What the run is asked from now on. */
  | { readonly type: 'probed'; readonly probe: ProbeRows | undefined }
  /** What the run says about its probe; `isKept`: it belongs to what is kept of the run. */
  | { readonly type: 'framed'; readonly frame: Frame; readonly isKept: boolean }
  | { readonly type: 'saved'; readonly step: number; readonly kept: readonly number[] }
  /** What is asked is answered by the model as it was after `step` updates. */
  | { readonly type: 'shown'; readonly step: number }
  /** Something went wrong that does not stop the run; what is about saving stands until something is saved. */
  | { readonly type: 'notice'; readonly code: ErrorCode; readonly text: string; readonly about?: 'saving' }
  | { readonly type: 'paused'; readonly step: number }
  | { readonly type: 'running'; readonly step: number }
  | { readonly type: 'done'; readonly step: number }
  | { readonly type: 'stopped' }
  | { readonly type: 'contextLost' }
  /** There is a GPU again, and the run, if there is one, stands at `step`. */
  | { readonly type: 'recovered'; readonly step?: number }
  /** No GPU is to be had here any more; the run, if there is one, can go on elsewhere. */
  | { readonly type: 'stranded'; readonly text: string; readonly from?: Whereabouts }
  | { readonly type: 'answer'; readonly id: number; readonly value: Readonly<Record<string, Snapshot>> }
  /** All weights by their names in the state dict, row-major. */
  | { readonly type: 'weights'; readonly id: number; readonly weights: Readonly<Record<string, Float32Array>> }
  | ({ readonly type: 'written'; readonly id: number } & Written)
  | { readonly type: 'judged'; readonly id: number; readonly at: Evaluation }
  | { readonly type: 'opened'; readonly id: number }
  | { readonly type: 'viewed'; readonly id: number; readonly frame: Frame }
  | {
      readonly type: 'failed';
      readonly id?: number;
      readonly code: ErrorCode;
      readonly text: string;
      readonly field?: string;
    };

/** Everything needed to go on from a step as if nothing had happened; plain numbers, safe to store. */
export interface TrainerState extends OptimizerState {
  /** What the model carries from step to step, where it does. */
  readonly carried?: readonly Snapshot[];
}

/** A run on its way from one place to another. */
export interface Whereabouts {
  readonly run: Run;
  readonly state: TrainerState;
  readonly history: History;
  readonly kept: readonly number[];
  /** Updates were to go on until this step. */
  readonly goal: number;
}

/** One update. */
export interface Step {
  readonly step: number;
  /** Absent where nothing was asked. */
  readonly loss?: number;
  /** Its parts before weighting; one of which nothing was asked is left out. */
  readonly losses: Readonly<Record<string, number>>;
  /** How many answers were asked for, by loss; absent in runs that were kept before this was counted. */
  readonly asked?: Readonly<Record<string, number>>;
  /** When its losses arrived, in milliseconds since the session began. */
  readonly atMs: number;
  /** Real tokens of the batch. */
  readonly tokens: number;
  /** Share of them that bear loss; where text is written, of the tokens written. */
  readonly scoredShare: number;
}

/** What a run has done so far. */
export interface History {
  readonly steps: readonly Step[];
  readonly evaluations: readonly Evaluation[];
  /** What it was asked again and again, and what it said, in the order of its steps. */
  readonly probe?: ProbeRows | undefined;
  readonly frames?: readonly Frame[];
}

/** Losses on held-out documents, after `step` updates; one of which nothing was asked is left out. */
export interface Evaluation {
  readonly step: number;
  readonly losses: Readonly<Record<string, number>>;
  /** Share of scored positions whose most probable token is the true one, by loss. */
  readonly accuracies: Readonly<Record<string, number>>;
  /** Share of questions whose answer is yes (a wrong pair, a replaced token), of the losses that ask such questions. */
  readonly positives?: Readonly<Record<string, number>>;
  /**
   * The answers to what the noising asks for token by token, by the class of the word asked for; absent where the text
   * has no classes, and in runs that were kept before this was counted.
   */
  readonly classes?: Readonly<Record<string, Hits>>;
  /** The same of other examples; of runs that learn from some documents alone, and were kept since this is judged. */
  readonly sets?: Readonly<Partial<Record<JudgedSet, Pick<Evaluation, 'losses' | 'accuracies'>>>>;
}

/** A kind of place in a text with classes of words: the words of a class with a certain word behind them. */
export interface HoleKind {
  readonly name: string;
  readonly class: string;
  /** The token that follows. */
  readonly next: string;
}

/**
 * What a trained model is asked beside its own questions: held-out pairs of another pairing; held-out text whose first
 * place is another one; single holes of one kind, with all else in sight.
 */
export type OtherQuestion =
  | { readonly pairing: string }
  | { readonly firstPlace: number }
  | { readonly hole: HoleKind };

/** What is judged beside held-out text. `sameText`: the documents that are learned from, their noise drawn anew. */
export type JudgedSet = 'sameText';

/** Reference lines of the loss chart, in nats a question. */
export interface Floors {
  /** Of the token asked for: all equally likely, by word counts, by the word on the left. */
  readonly uniform: number;
  readonly unigram: number;
  readonly bigram: number;
  /** The best possible mean by the loss's name, with its standard error; only where it can be computed exactly. */
  readonly best: Readonly<Record<string, Best>>;
}

/** A text that a model wrote. */
export interface Written {
  /** The end token included. */
  readonly ids: readonly number[];
  /** After so many updates. */
  readonly step: number;
  /** What was asked for of the model while its decoder reads over what it wrote. */
  readonly taps: Readonly<Record<string, Snapshot>>;
}

/** A tapped value on the page, row-major. */
export interface Snapshot {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
