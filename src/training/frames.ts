import type { Frame, ProbeRows } from './probed.ts';

/** The steps at which a run of `steps` updates keeps a frame: about so many, evenly in the logarithm, and both ends. */
export function frameSteps(steps: number, most = 40): readonly number[] {
  const ends = Math.log(steps + 1);
  const spaced = Array.from({ length: most }, (_, i) => Math.round(Math.exp((ends * i) / (most - 1))) - 1);
  return [...new Set(spaced)];
}

/** The last frame at or before a step; the first one where all come later. */
export const frameAt = (frames: readonly Frame[], step: number): Frame | undefined =>
  frames.findLast((frame) => frame.step <= step) ?? frames[0];

/** Whether two probes ask the same. */
export const isSameProbe = (a: ProbeRows | undefined, b: ProbeRows | undefined): boolean =>
  JSON.stringify(a?.examples) === JSON.stringify(b?.examples);

/** What a frame takes, about, in bytes. */
export const frameBytes = ({ values, guesses = [], judged = [], written = [] }: Frame): number =>
  Object.values(values).reduce((sum, { data }) => sum + data.byteLength, 0) +
  100 * (1 + 3 * guesses.length + judged.length + 2 * written.length);
