import { IGNORE } from '../../src/objectives/objective.ts';
import type { Made } from '../../src/panels/left-run.ts';
import type { Frame, ProbeRows } from '../../src/training/probed.ts';
import type { Step } from '../../src/training/protocol.ts';
import type { Run, Settings } from '../../src/training/run.ts';
import { runFrom } from '../../src/training/settings.ts';

/** A step a tenth of a second, of ten tokens. */
export const stepAt = (step: number, more: Partial<Step> = {}): Step => ({
  step,
  loss: 5 - step / 10,
  losses: { mlm: 5 - step / 10 },
  atMs: step * 100,
  tokens: 10,
  scoredShare: 0.1,
  ...more,
});

/** The steps from the first one to `last`. */
export const stepsTo = (last: number): readonly Step[] => Array.from({ length: last }, (_, i) => stepAt(i + 1));

/** One hidden token at place 1. */
export const probe: ProbeRows = {
  examples: [{ inputIds: [2, 4, 3], segments: [0, 0, 0], labels: [IGNORE, 5, IGNORE] }],
  original: [2, 5, 3],
};

/** At `step` the token is guessed with so large a share. */
export const frameOf = (step: number, share: number): Frame => ({
  step,
  guesses: [{ place: 1, truth: { id: 5, share }, rank: 1, among: 2, top: [{ id: 5, share }] }],
  values: {},
});

export const settings = (more: Settings = {}): Run => runFrom({ noisingOptions: {}, pairingOptions: {}, ...more });

/** A run that has done so many steps. */
export const madeOf = (run: Run, steps: number, more: Partial<Made> = {}): Made => ({
  run,
  steps: stepsTo(steps),
  evaluations: [{ step: 0, losses: { mlm: 5 }, accuracies: {} }],
  floors: undefined,
  frames: [],
  probe: undefined,
  vocabulary: undefined,
  ...more,
});
