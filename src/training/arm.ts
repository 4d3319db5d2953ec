import type { Arm, Experiment } from './experiment.ts';
import type { Run } from './run.ts';
import { runFrom } from './settings.ts';

/** The run of one arm and seed. */
export const runOf = ({ base }: Experiment, { change }: Arm, seed: string): Run =>
  runFrom({ ...base, ...change, seed });
