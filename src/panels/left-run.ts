import type { Vocabulary } from '../text/document.ts';
import type { Run } from '../training/run.ts';
import { spelling } from '../training/settings.ts';
import type { Runner } from './runner.ts';

/** What a run has done, as it is drawn and asked again. */
export interface Made extends Pick<Runner, 'steps' | 'evaluations' | 'floors' | 'frames' | 'probe'> {
  readonly run: Run;
  /** The tokens that its weights know; absent where its text is not at hand. */
  readonly vocabulary: Vocabulary | undefined;
}

/** What has done fewer steps leaves no curve worth keeping. */
const fewestSteps = 3;

/** Settings are compared by what they say; one object is always the same run. */
export const isSameRun = (a: Run, b: Run): boolean => a === b || spelling(a) === spelling(b);

/** Whether what was on the chart is gone from it: by another run, by the same from an earlier step, or by none. */
export function isLeft(before: Made, now: Made | undefined): boolean {
  if (before.steps.length < fewestSteps) return false;
  const reached = (made: Made | undefined) => made?.steps.at(-1)?.step ?? 0;
  return !now || reached(now) < reached(before) || !isSameRun(before.run, now.run);
}
