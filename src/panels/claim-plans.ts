import { runOf } from '../training/arm.ts';
import type { Experiment } from '../training/experiment.ts';
import { stepsOf } from '../training/phases.ts';
import { duration } from './run-stats.ts';

/** `400`, `400 to 600` */
const range = (all: readonly number[]): string =>
  [...new Set([Math.min(...all), Math.max(...all)])].map((steps) => steps.toLocaleString('en')).join(' to ');

/** Updates of the model of each arm, how long each is trained, and ` after 330 of pretraining` where one is. */
export interface Plans {
  readonly steps: readonly number[];
  readonly each: string;
  readonly after: string;
}

export function plansOf(experiment: Experiment): Plans {
  const steps = experiment.arms.map((arm) => stepsOf(runOf(experiment, arm, '')));
  const before = experiment.arms.flatMap((arm) =>
    arm.before ? [stepsOf(runOf(experiment, { change: arm.before }, ''))] : [],
  );
  return { steps, each: range(steps), after: before.length > 0 ? ` after ${range(before)} of pretraining` : '' };
}

/** So long nothing is said of the time that is left: the first steps take longer than those to come, in seconds. */
const tooSoon = 3;

/** `; about 4 min left`, by the time that a share of the work has taken; empty while that cannot be told. */
export function timeLeft(seconds: number, share: number): string {
  if (seconds < tooSoon || share <= 0) return '';
  return `; about ${duration((seconds / share) * (1 - share))} left`;
}
