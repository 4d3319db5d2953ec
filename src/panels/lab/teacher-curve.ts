import type { Point, Series } from '../../figures/curve.ts';
import { questionsOf } from '../../training/model.ts';
import type { Evaluation } from '../../training/protocol.ts';
import type { Lab } from '../lab.svelte.ts';
import type { LossChart } from '../loss-charts.ts';

/** A teacher's held-out losses while it was trained itself. */
export interface TeacherCurve {
  readonly evaluations: readonly Evaluation[];
  /** What it was asked. */
  readonly losses: readonly string[];
}

/** Fetches what was stored of a teacher; undefined where there is nothing. */
export async function teacherCurve(id: string, others: Lab['others']): Promise<TeacherCurve | undefined> {
  const found = (await others?.())?.find((one) => one.id === id);
  const evaluations = (await found?.load())?.outcomes[0]?.evaluations;
  return found && evaluations && { evaluations, losses: Object.keys(questionsOf(found.run)) };
}

/** A chart with the teacher's loss of the same question beside the student's, as far as the axis reaches. */
export function withTeacher(chart: LossChart, { evaluations, losses }: TeacherCurve, xMax: number): LossChart {
  if (!losses.includes(chart.name)) return chart;
  const heldOut = evaluations.flatMap(({ step, losses: all }): Point[] => {
    const loss = all[chart.name];
    return loss === undefined || step > xMax ? [] : [[step, loss]];
  });
  const series: Series = { name: 'its teacher', guide: true, traces: [{ training: heldOut }] };
  return heldOut.length === 0
    ? chart
    : { ...chart, series: [...chart.series, series], whole: [...chart.whole, series] };
}
