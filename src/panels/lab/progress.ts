import type { Flag } from '../../figures/loss-curve-flags.ts';
import { milestonesOf, type Standing, standingsOf } from '../../training/milestones.ts';
import type { Lab } from '../lab.svelte.ts';

/** A milestone as far as the step that is shown, and when it is reached: here, or in the stored run. */
export interface Reached extends Standing {
  readonly storedStep?: number | undefined;
}

/** What is judged of the run whose step is shown, and whether it is the stored one. */
function judgedOf({ runner, stored, scene }: Lab) {
  const outcome = stored?.result?.outcomes[0];
  const isStored = scene.origin === 'stored' || runner.evaluations.length === 0;
  const evaluations = isStored ? (outcome?.evaluations ?? []) : runner.evaluations;
  const floors = isStored ? outcome?.floors : (runner.floors ?? outcome?.floors);
  return { outcome, isStored, evaluations, floors };
}

/** What a run is to learn, and when it could: the same wherever the playhead stands. */
export function reachedOf(lab: Lab): readonly Reached[] {
  const milestones = milestonesOf(lab.runner.run ?? lab.run);
  const { outcome, isStored, evaluations, floors } = judgedOf(lab);
  const before = standingsOf(milestones, outcome?.evaluations ?? [], outcome?.floors);
  return standingsOf(milestones, evaluations, floors).map((one, i) => ({
    ...one,
    step: isStored ? undefined : one.step,
    storedStep: before[i]?.step,
  }));
}

/** The same, with how far the run has come at the step that is shown. */
export function progressOf(lab: Lab, reached: readonly Reached[]): readonly Reached[] {
  const { evaluations, floors } = judgedOf(lab);
  const until = lab.scene.settled ?? Number.POSITIVE_INFINITY;
  const now = standingsOf(
    reached.map(({ milestone }) => milestone),
    evaluations.filter(({ step }) => step <= until),
    floors,
  );
  return reached.map((one, i) => ({ ...now[i]!, step: one.step, storedStep: one.storedStep }));
}

/** A short name for the chart. */
export const shortName = ({ milestone: { id } }: Reached): string => id.replace('-', ' ');

/** Milestones as flags on the curve; hollow where only the stored run has been there. */
export const flagsOf = (progress: readonly Reached[]): readonly Flag[] =>
  progress.flatMap((one): Flag[] => {
    const step = one.step ?? one.storedStep;
    return step === undefined ? [] : [{ step, title: shortName(one), isHollow: one.step === undefined }];
  });
