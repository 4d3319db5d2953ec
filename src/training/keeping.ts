import { frameBytes } from './frames.ts';
import type { Frame } from './probed.ts';
import type { History, TrainerState } from './protocol.ts';

/** States kept a run. */
export const mostStates = 8;
/**
 * Which of many steps to keep: spaced as evenly as can be in their logarithm, for a model learns most early on; the
 * last one always.
 */
export function thinned(steps: readonly number[], most = mostStates): readonly number[] {
  const kept = [...new Set(steps)].sort((a, b) => a - b);
  if (most < 2) return kept.slice(-1);
  while (kept.length > most) {
    let victim = 1;
    let nearest = Number.POSITIVE_INFINITY;
    for (let i = 1; i < kept.length - 1; i++) {
      const ratio = (kept[i + 1]! + 1) / (kept[i - 1]! + 1);
      if (ratio < nearest) [victim, nearest] = [i, ratio];
    }
    kept.splice(victim, 1);
  }
  return kept;
}

/** Bytes a step of the history takes, about. */
const stepBytes = 120;
const bytesOf = ({ weights, first, second }: TrainerState): number =>
  [weights, first, second].flatMap((part) => [...part.values()]).reduce((sum, { byteLength }) => sum + byteLength, 0);

/** What a run takes in the browser, about: so many states like this one, and its history. */
export const roomOf = (state: TrainerState, states: number, { steps, frames = [] }: History): number =>
  bytesOf(state) * states + stepBytes * steps.length + frames.reduce((sum, frame) => sum + frameBytes(frame), 0);

/** How much of a run is kept: so many states, and of its frames one in so many; 0: none. */
export interface Measure {
  readonly states: number;
  readonly frames: number;
}

/** What is kept of a run as long as there is room for it, and less and less where there is none: weights go first. */
export const measures: readonly Measure[] = [
  { states: mostStates, frames: 1 },
  { states: 2, frames: 1 },
  { states: 1, frames: 3 },
  { states: 1, frames: 0 },
];

/** The frames that stay: the last one always. */
export const thinnedFrames = (frames: readonly Frame[], every: number): readonly Frame[] =>
  every === 0 ? [] : frames.filter((_, i) => (frames.length - 1 - i) % every === 0);

/** Whether frames that were kept are whole enough to be drawn. */
export const areFrames = (value: unknown): value is readonly Frame[] =>
  Array.isArray(value) &&
  value.every((one) => Number.isInteger((one as Frame | null)?.step) && typeof (one as Frame).values === 'object');
