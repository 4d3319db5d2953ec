import type { Lesson } from '../../../lesson.ts';
import type { Outcome } from '../../../training/experiment.ts';
import { questionsOf } from '../../../training/model.ts';
import type { Run } from '../../../training/run.ts';
import type { PlanPart } from '../../lessons/plan.ts';
import { storedFor } from '../../stored-runs.ts';
import { stepsOf } from '../lesson/placed.ts';

/** What stands on the wall at one step of a stored run, of one of its losses. */
export interface Reading {
  readonly title: string;
  /** On held-out text, in nats a token, or of a yes-or-no question. */
  readonly loss: number;
  /** The best possible, where it is known. */
  readonly best?: number;
  /** Share of right answers, from 0 to 1. */
  readonly right?: number;
}

/** The readings at the last evaluation up to a step, and which step that is. */
export interface Stop {
  readonly step: number;
  readonly readings: readonly Reading[];
}

/** What a stored run shows at a step; undefined where it was not judged until then. */
export function stopAt(run: Run, outcome: Pick<Outcome, 'evaluations' | 'floors'>, step: number): Stop | undefined {
  const evaluation = outcome.evaluations.findLast((one) => one.step <= step);
  if (!evaluation) return undefined;
  const readings = Object.entries(questionsOf(run)).flatMap(([name, { title, kind }]) => {
    const loss = evaluation.losses[name];
    if (loss === undefined || kind === 'match') return [];
    const [best, right] = [outcome.floors?.best[name]?.loss, evaluation.accuracies[name]];
    return [{ title, loss, ...(best !== undefined && { best }), ...(right !== undefined && { right }) }];
  });
  return { step: evaluation.step, readings };
}

/** What stands on the wall at a part of a plan that stops a training; undefined for one that does not. */
export async function stopOf(lesson: Lesson, slug: string, { step: id, stop }: PlanPart): Promise<Stop | undefined> {
  const step = stepsOf(lesson).find((one) => one.id === id);
  const lab = step?.parts.find((part) => part.kind === 'panel' && part.name === 'lab');
  if (stop === undefined || lab?.kind !== 'panel') return undefined;
  const { stored: named } = lab.props;
  const stored = storedFor(lesson.run, slug, typeof named === 'string' ? named : undefined);
  const outcome = (await stored?.load())?.outcomes[0];
  return stored && outcome && stopAt(stored.run, outcome, stop);
}
