import type { Result } from '../training/experiment.ts';
import type { RecordedWeights, Recording } from '../training/recording.ts';
import type { Run } from '../training/run.ts';

/** A run that was made before to its end, and where its figures and pictures are fetched from. */
export interface StoredSource {
  readonly run: Run;
  readonly load: () => Promise<Result | undefined>;
  /** Absent: it was made without being recorded. Rejects where the file is missing or mangled. */
  readonly loadRecording?: (() => Promise<Recording>) | undefined;
  /** Its weights at some of its steps; rejects as the recording does. */
  readonly loadWeights?: (() => Promise<RecordedWeights>) | undefined;
}

/** A stored run that may be drawn beside another one. */
export interface OfferedRun extends StoredSource {
  readonly id: string;
  readonly title: string;
}

/** What has come of a stored run so far. */
export interface Stored {
  readonly run: Run | undefined;
  readonly result: Result | undefined;
  readonly recording: Recording | undefined;
  /** Absent: they were not recorded. */
  readonly loadWeights: (() => Promise<RecordedWeights>) | undefined;
  /** Why there are no pictures of it, where there should be. */
  readonly problem: string | undefined;
}

/** Fetches a stored run when it is looked at. To be called while a component is set up. */
export function createStored(source: () => StoredSource | undefined): Stored {
  let result = $state.raw<Result>();
  let recording = $state.raw<Recording>();
  let problem = $state<string>();

  $effect(() => {
    const wanted = source();
    let isLeft = false;
    result = undefined;
    recording = undefined;
    problem = undefined;
    const onProblem = (error: unknown) => {
      if (!isLeft) problem = error instanceof Error ? error.message : String(error);
    };
    wanted?.load().then((found) => {
      if (!isLeft) result = found;
    }, onProblem);
    wanted?.loadRecording?.().then((found) => {
      if (!isLeft) recording = found;
    }, onProblem);
    return () => {
      isLeft = true;
    };
  });

  return {
    get run() {
      return source()?.run;
    },
    get result() {
      return result;
    },
    get recording() {
      return recording;
    },
    get loadWeights() {
      return source()?.loadWeights;
    },
    get problem() {
      return problem;
    },
  };
}
