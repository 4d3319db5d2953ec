import { describe, expect, it } from 'vitest';
import { loadLesson } from '../../../../src/app/lessons.ts';
import { stopAt, stopOf } from '../../../../src/app/pages/teach/stops.ts';
import { loadPlan, planned } from '../../../../src/app/plans.ts';
import { runFrom } from '../../../../src/training/settings.ts';

const evaluation = (step: number, loss: number) => ({ step, losses: { mlm: loss }, accuracies: { mlm: 0.5 } });
const outcome = {
  evaluations: [evaluation(0, 5), evaluation(50, 2)],
  floors: { uniform: 5, unigram: 5, bigram: 3, best: { mlm: { loss: 0.7, error: 0, places: 9 } } },
};

describe('what stands on the wall', () => {
  it('is what the run was last judged at, up to the step of the plan', () => {
    const reading = { title: 'hidden tokens', best: 0.7, right: 0.5 };
    expect(stopAt(runFrom({}), outcome, 60)).toEqual({ step: 50, readings: [{ ...reading, loss: 2 }] });
    expect(stopAt(runFrom({}), outcome, 49)).toEqual({ step: 0, readings: [{ ...reading, loss: 5 }] });
    expect(stopAt(runFrom({}), { ...outcome, evaluations: [] }, 60)).toBeUndefined();
  });
});

describe.each([...planned])('the plan of %s', (slug) => {
  it('stops where its stored run was judged, and nowhere else', async () => {
    const [plan, lesson] = [(await loadPlan(slug))!, (await loadLesson(slug))!];
    for (const part of plan.parts) {
      const stop = await stopOf(lesson, slug, part);
      expect([part.step, stop?.step]).toEqual([part.step, part.stop]);
      if (stop) expect(stop.readings.length, part.step).toBeGreaterThan(0);
    }
  });
});
