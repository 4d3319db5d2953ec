import type { Step } from '../training/protocol.ts';

/** What the last steps say about the pace. */
export interface Pace {
  readonly stepsPerSecond: number;
  readonly tokensPerSecond: number;
}

/** Steps looked back over: long enough to be steady, short enough to follow. */
const lookBack = 20;

/** A pause is longer than so many milliseconds, and than so many steps on average. */
const restMs = 2000;
const restSteps = 10;

/** The steps since the run last stood still. */
function sinceRest(steps: readonly Step[]): readonly Step[] {
  const last = steps.length - 1;
  for (let i = last; i > 0; i--) {
    const gap = steps[i]!.atMs - steps[i - 1]!.atMs;
    const usual = i < last ? (steps[last]!.atMs - steps[i]!.atMs) / (last - i) : Number.POSITIVE_INFINITY;
    if (gap > restMs && gap > restSteps * usual) return steps.slice(i);
  }
  return steps;
}

/**
 * The pace of the latest steps; undefined before there are two. Steps overlap on the GPU, so times between arrivals
 * count.
 */
export function paceOf(steps: readonly Step[]): Pace | undefined {
  const latest = sinceRest(steps.slice(-lookBack));
  const [first] = latest;
  const last = latest.at(-1);
  if (!first || !last || last.atMs <= first.atMs) return undefined;
  const seconds = (last.atMs - first.atMs) / 1000;
  const tokens = latest.slice(1).reduce((sum, step) => sum + step.tokens, 0);
  return { stepsPerSecond: (latest.length - 1) / seconds, tokensPerSecond: tokens / seconds };
}

/** A number of seconds as one would say it: `40 s`, `3 min`, `1 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Two digits that matter: `0.62`, `8.3`, `1,240`. */
export function pace(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(2);
}
