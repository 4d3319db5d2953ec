import type { Cross } from '../figures/cross.ts';
import type { Experiment, Outcome } from '../training/experiment.ts';
import { lossesByExam } from './claim-exams.ts';
import { bitsByHole } from './claim-holes.ts';
import type { Measure } from './claim-measures.ts';
import { lossesByPlace } from './claim-moved.ts';
import { crossOf } from './claim-pairs.ts';
import { swapsByClass } from './claim-swaps.ts';
import { lossesByText } from './claim-texts.ts';

/** What is shown as a table of arms against sets. */
export const crossings: Partial<Record<Measure, (experiment: Experiment, outcomes: readonly Outcome[]) => Cross>> = {
  pairs: crossOf,
  texts: lossesByText,
  exams: lossesByExam,
  moved: lossesByPlace,
  holes: bitsByHole,
  swaps: swapsByClass,
};
