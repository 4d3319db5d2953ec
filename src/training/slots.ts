import { recipeParts } from '../objectives/make.ts';
import { recipeOf } from './data.ts';
import type { Run } from './run.ts';

/** Prediction slots a row: the same in training and in evaluation, so that every program is compiled once. */
export const slotsOf = (run: Run): number =>
  Math.max(
    ...[run.recipe.judgedOptions, ...run.phases.map((phase) => phase.noisingOptions)].map((differently) => {
      const { pairing, pairingOptions, noising, noisingOptions } = recipeParts(recipeOf(run, differently));
      const goesOn = pairing.follow !== undefined && pairingOptions.frame === 'none';
      return noising.slots(noisingOptions, run.recipe.maxLength, goesOn);
    }),
  );
