import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { teacherCurve, withTeacher } from '../../src/panels/lab/teacher-curve.ts';
import { lossCharts, turnsOf } from '../../src/panels/loss-charts.ts';
import type { OfferedRun } from '../../src/panels/stored.svelte.ts';
import type { Result } from '../../src/training/experiment.ts';
import { questionsOf } from '../../src/training/model.ts';
import { runFrom, withSettings } from '../../src/training/settings.ts';
import { withTransfer } from '../../src/training/transfer.ts';

const read = (path: string) => JSON.parse(readFileSync(`lessons/11-narrow-and-deep/${path}.json`, 'utf8'));
const [teacher, student] = ['teacher', 'student'].map((id) => runFrom(read(`experiments/${id}`).base));
const result: Result = read('results/teacher');
const offered: OfferedRun = {
  id: 'narrow-and-deep/teacher',
  title: 'the teacher',
  run: teacher!,
  load: async () => result,
};
const { evaluations } = result.outcomes[0]!;
const charts = lossCharts({
  questions: questionsOf(student!),
  steps: [],
  evaluations: read('results/student').outcomes[0].evaluations,
  floors: undefined,
});
const chartOf = (name: string) => charts.find((one) => one.name === name)!;

describe('the chart of who learns from a stored run', () => {
  it('has the teacher’s own loss on held-out text beside the student’s, where both were asked the same', async () => {
    const curve = (await teacherCurve('narrow-and-deep/teacher', async () => [offered]))!;
    const { series } = withTeacher(chartOf('mlm'), curve, 600);
    const drawn = series.at(-1)!;
    expect([drawn.name, drawn.guide]).toEqual(['its teacher', true]);
    expect(drawn.traces[0]!.training).toEqual(evaluations.map(({ step, losses }) => [step, losses.mlm]));
    // It ends where its student ends too.
    expect(drawn.traces[0]!.training.at(-1)![1]).toBeCloseTo(0.932, 3);
    expect(withTeacher(chartOf('features'), curve, 600).series).toEqual(chartOf('features').series);
  });

  it('reaches no farther than the student does, and has no curve of who was not stored', async () => {
    const curve = (await teacherCurve('narrow-and-deep/teacher', async () => [offered]))!;
    const last = withTeacher(chartOf('mlm'), curve, 100).series.at(-1)!.traces[0]!.training.at(-1)!;
    expect(last[0]).toBeLessThanOrEqual(100);
    expect(await teacherCurve('narrow-and-deep/other', async () => [offered])).toBeUndefined();
    expect(await teacherCurve('narrow-and-deep/teacher', undefined)).toBeUndefined();
  });

  it('marks what each phase teaches: a layer, all of them, then words', () => {
    expect(turnsOf(student!, 4)).toEqual([
      { x: 0, label: 'layer 1' },
      { x: 90, label: 'layer 2' },
      { x: 180, label: 'words' },
    ]);
    expect(turnsOf(withTransfer(student!, 'together'), 4)).toEqual([
      { x: 0, label: 'all layers' },
      { x: 180, label: 'words' },
    ]);
    expect(turnsOf(withTransfer(student!, 'once'), 4)).toEqual([]);
    const pairs = withSettings(teacher!, { pairing: 'nsp', steps: 500, warmUpSteps: 200 });
    expect(turnsOf(pairs, 2).map(({ label }) => label)).toEqual(['from here on both questions']);
  });
});
