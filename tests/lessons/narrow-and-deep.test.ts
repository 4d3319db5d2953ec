import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { experimentOf, loadResult } from '../../src/app/experiments.ts';
import { count, flatten, sizeOf } from '../../src/core/params.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import { blueprint } from '../../src/models/mobilebert/spec.ts';
import { runOf } from '../../src/training/arm.ts';
import { blueprintOf } from '../../src/training/model.ts';

const prose = readFileSync('lessons/11-narrow-and-deep/lesson.md', 'utf8');
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const stored = async (id: string) => (await loadResult('narrow-and-deep', id))!.outcomes[0]!;
type Outcome = Awaited<ReturnType<typeof stored>>;
const at = ({ evaluations }: Outcome, step: number) => evaluations.find((one) => one.step === step)!;
const right = (outcome: Outcome, step: number, kind: string) => {
  const counts = at(outcome, step).classes![kind]!;
  return Math.round((100 * counts.right) / counts.asked);
};
const possible = ({ floors }: Outcome, kind: string) => {
  const counts = floors!.best.mlm!.classes![kind]!;
  return Math.round((100 * counts.right) / counts.asked);
};

describe('what the lesson on narrow and deep models says of its stored runs', () => {
  test('neighbours are settled at the door, what is far away takes its time', async () => {
    const teacher = await stored('teacher');
    expect([right(teacher, 50, 'city'), right(teacher, 50, 'frame')]).toEqual([73, 85]);
    expect(possible(teacher, 'city')).toBe(74);
    expect([right(teacher, 100, 'place'), right(teacher, 150, 'place')]).toEqual([18, 69]);
    expect([right(teacher, 600, 'weather'), possible(teacher, 'weather')]).toEqual([51, 70]);
    expect([right(teacher, 600, 'animal'), possible(teacher, 'animal')]).toEqual([17, 50]);
    expect(at(teacher, 600).losses.mlm).toBeCloseTo(0.932, 3);
  });
  test('the lift brings states and maps nearer, and words with them', async () => {
    const student = await stored('student');
    const along = (name: string) => [0, 90, 180].map((step) => at(student, step).losses[name]!.toFixed(2));
    expect(along('features')).toEqual(['0.60', '0.35', '0.14']);
    expect(along('maps')).toEqual(['0.83', '0.74', '0.65']);
    expect(along('mlm')).toEqual(['1.78', '1.66', '1.50']);
    expect(right(student, 0, 'city')).toBe(72);
    expect([90, 180].map((step) => right(student, step, 'place'))).toEqual([18, 53]);
  });
  test('then the words, and the rungs are let go', async () => {
    const [student, teacher, alone] = [await stored('student'), await stored('teacher'), await stored('alone')];
    expect(at(student, 210).losses.mlm).toBeCloseTo(1.31, 2);
    expect([right(student, 210, 'place'), possible(student, 'place')]).toEqual([88, 89]);
    expect(at(student, 600).losses.mlm).toBeCloseTo(0.939, 3);
    expect([student.parameters, teacher.parameters]).toEqual([49218, 205186]);
    expect([at(student, 600).losses.features!.toFixed(2), at(student, 600).losses.maps!.toFixed(2)]).toEqual([
      '0.41',
      '0.86',
    ]);
    expect(at(alone, 600).losses.mlm).toBeCloseTo(1.26, 2);
    expect(alone.parameters).toBe(student.parameters);
  });
  test('a lift, all floors first, everything at once: here the order of the paper is reversed; alone is last', async () => {
    const { experiment, outcomes } = (await loadResult('narrow-and-deep', 'strategies'))!;
    const [lift, floors, all, alone] = experiment.arms.map(({ label: name }) => ({
      name,
      values: outcomes.flatMap(({ arm, evaluations }) => (arm === name ? evaluations.at(-1)!.losses.mlm! : [])),
    }));
    const said = (one: typeof lift) => mean(one!.values).toFixed(2);
    expect(prose).toContain(
      `everything at once **${said(all)}** nats, all floors and then words **${said(floors)}**, floor by floor **${said(lift)}**`,
    );
    expect(prose).toContain(`It ends at **${said(alone)}** nats`);
    for (const [a, b] of [
      [all, floors],
      [floors, lift],
      [lift, alone],
    ] as const)
      expect(verdictOf(a!, b!, 'lower')).toMatchObject({ isShown: true, ahead: a!.name });
  });
});

describe('what it says of weights', () => {
  /** Weights in the maps of the first floor: attention with its narrowings, and the feed-forward networks. */
  function halves(spec: Parameters<typeof flatten>[0]) {
    const maps = flatten(spec).filter(([name, { map }]) => map && name.includes('encoder.layer.0.'));
    const sum = (fits: RegExp) =>
      maps.reduce((total, [name, { shape }]) => total + (fits.test(name) ? sizeOf(shape) : 0), 0);
    return {
      attention: sum(/layer\.0\.(attention|bottleneck)\./),
      feedForward: sum(/layer\.0\.(intermediate|output\.dense|ffn)\b/),
    };
  }
  test('the balance of attention and feed-forward, published and ours', async () => {
    const published = { ...blueprint.toy, hidden: 512, headWidth: 32, inner: 512, feedForwards: 4, embedding: 128 };
    expect(halves(blueprint.spec(published))).toEqual({ attention: 245_760, feedForward: 524_288 });
    for (const [id, row] of [
      ['teacher', { attention: 43_008, feedForward: 36_864 }],
      ['student', { attention: 3840, feedForward: 4096 }],
    ] as const) {
      const { experiment } = (await loadResult('narrow-and-deep', id))!;
      const { blueprint: own, config } = blueprintOf(runOf(experiment, experiment.arms[0]!, '1'), 192);
      expect(halves(own.spec(config))).toEqual(row);
      expect(prose).toContain(`attention: ${row.attention}, feedForward: ${row.feedForward}`);
    }
  });
  test('a table of words of full width would be 15.6 million weights', () => {
    expect((30_522 * 512) / 1e6).toBeCloseTo(15.6, 1);
    const spec = blueprint.spec({ ...blueprint.toy, vocabSize: 30_522, hidden: 512, embedding: 128 });
    expect(count(spec.model.mobilebert.embeddings.word_embeddings)).toBe((30_522 * 512) / 4);
  });
});

test('a norm is no help at four times the rate, and all the difference at sixteen times', async () => {
  const { experiment, outcomes } = (await loadResult('narrow-and-deep', 'norms'))!;
  expect(experiment).toEqual(JSON.parse(JSON.stringify(experimentOf('narrow-and-deep', 'norms'))));
  const of = (name: string) => ({
    name,
    values: outcomes.filter(({ arm }) => arm === name).map(({ evaluations }) => evaluations.at(-1)!.losses.mlm!),
  });
  const [freeAt4, normedAt4, freeAt16, normedAt16] = experiment.arms.map(({ label }) => of(label));
  const told = ({ values }: ReturnType<typeof of>) => mean(values).toFixed(2);
  expect(prose).toContain(
    `${told(freeAt4!)} nats without a norm after 60 steps, ${told(normedAt4!)} with one. *Not shown*`,
  );
  expect(verdictOf(freeAt4!, normedAt4!, 'lower')).toMatchObject({ isShown: false, seeds: 2 });
  expect(prose).toContain(`**${told(freeAt16!)}** without, **${told(normedAt16!)}** with one, *shown*`);
  expect(verdictOf(freeAt16!, normedAt16!, 'lower')).toMatchObject({ isShown: true, ahead: normedAt16!.name });
});
