import type { Flag } from '../../figures/loss-curve-flags.ts';
import { milestonesOf, type Standing, standingsOf } from '../../training/milestones.ts';
import type { Lab } from '../lab.svelte.ts';

/** A milestone as far as the step that is shown, and when it is reached: here, or in the stored run. */
export interface Reached extends Standing {
  readonly storedStep?: number | undefined;
}

/** What a run is to learn, and how far it has come at the step that is shown. */
export function progressOf({ run, runner, stored, scene }: Lab): readonly Reached[] {
  const milestones = milestonesOf(runner.run ?? run);
  const outcome = stored?.result?.outcomes[0];
  const before = standingsOf(milestones, outcome?.evaluations ?? [], outcome?.floors);
  const isStored = scene.origin === 'stored' || runner.evaluations.length === 0;
  const all = isStored ? (outcome?.evaluations ?? []) : runner.evaluations;
  const floors = isStored ? outcome?.floors : (runner.floors ?? outcome?.floors);
  const until = scene.at ?? Number.POSITIVE_INFINITY;
  const now = standingsOf(
    milestones,
    all.filter(({ step }) => step <= until),
    floors,
  );
  const whole = standingsOf(milestones, all, floors);
  return now.map((one, i) => ({
    ...one,
    step: isStored ? undefined : whole[i]?.step,
    storedStep: before[i]?.step,
  }));
}

/** A short name for the chart. */
export const shortName = ({ milestone: { id } }: Reached): string => id.replace('-', ' ');

/** Milestones as flags on the curve; hollow where only the stored run has been there. */
export const flagsOf = (progress: readonly Reached[]): readonly Flag[] =>
  progress.flatMap((one): Flag[] => {
    const step = one.step ?? one.storedStep;
    return step === undefined ? [] : [{ step, title: shortName(one), isHollow: one.step === undefined }];
  });
