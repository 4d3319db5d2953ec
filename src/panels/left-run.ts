import type { Run } from '../training/run.ts';
import { spelling } from '../training/settings.ts';
import type { Made } from './tray.ts';

/** What has done fewer steps leaves no curve worth keeping. */
const fewestSteps = 3;

/** Settings are compared by what they say; one object is always the same run. */
export const isSameRun = (a: Run, b: Run): boolean => a === b || spelling(a) === spelling(b);

/** Whether what was on the chart is gone from it: by another run, by the same from its start, or by none. */
export function isLeft(before: Made, now: Made | undefined): boolean {
  if (before.steps.length < fewestSteps) return false;
  return !now || now.steps.length === 0 || !isSameRun(before.run, now.run);
}
