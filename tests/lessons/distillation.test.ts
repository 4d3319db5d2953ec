import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadResult } from '../../src/app/experiments.ts';
import { count } from '../../src/core/params.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import { chosenLayers, startFrom } from '../../src/models/distilbert/start.ts';
import { pack } from '../../src/objectives/make.ts';
import { holeShares } from '../../src/panels/rare-holes.ts';
import { divergence, pullsOf, softened } from '../../src/panels/teacher-readers.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { softmax } from '../../src/training/frame.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { type PlainReading, readPlainly } from '../../src/training/plain-encoder.ts';
import { readWeights } from '../../src/training/recording.ts';
import type { Run } from '../../src/training/run.ts';
import { runOfKey } from '../../src/training/settings.ts';
import type { Trained } from '../../src/training/trained-model.ts';

/** A recipe of a claim, with the losses of each seed. */
interface Arm {
  readonly name: string;
  readonly values: readonly number[];
  readonly curves: readonly (readonly number[])[];
}

const sentence = 'on tuesday , it was rainy , so the toad looked for honey near the forest .';
const [toad, honey] = [10, 13];

async function stored(id: string): Promise<{ readonly run: Run; readonly weights: Trained['weights'] }> {
  const { key, states } = await readWeights(readFileSync(`lessons/10-distillation/recordings/${id}.weights.bin`));
  return { run: runOfKey(key), weights: new Map(Object.entries(states.at(-1)!.weights)) };
}
let data: Data;
let ids: readonly number[];
let models: readonly Trained[];
let [teacher, student, begun] = [] as unknown as [PlainReading, PlainReading, PlainReading];
beforeAll(async () => {
  const both = [await stored('teacher'), await stored('student')];
  data = await prepare(both[0]!.run.text);
  const { vocabulary, tokenizer } = data;
  models = both.map(({ run, weights }) => ({ ...blueprintOf(run, vocabulary.size), weights }));
  const [large, small] = models as [Trained, Trained];
  const of = ({ config, weights: state }: Trained) => ({ config, state });
  const start = { ...small, weights: startFrom(of(small) as never, of(large)) };
  ({ ids } = pack({ a: tokenizer.encode(sentence) }, vocabulary));
  const masked = ids.map((id, i) => (i === toad || i === honey ? vocabulary.maskId : id));
  [teacher, student, begun] = [large, small, start].map((one) => readPlainly(one, masked)) as [
    PlainReading,
    PlainReading,
    PlainReading,
  ];
});

const idOf = (word: string) => data.vocabulary.tokens.indexOf(word);
const percent = (reading: PlainReading, place: number, word: string, temperature = 1) => {
  const shares = softened(softmax(reading.logitsAt(place)), temperature);
  return Math.round(100 * shares[idOf(word)]!);
};
function posterior(place: number): Float64Array {
  const seen = ids.map((id, i) => (i === toad || i === honey || data.vocabulary.isSpecial(id) ? null : id));
  return Float64Array.from(data.exact!.read(ids)!.posteriors(seen, [place])[0]!);
}

describe('what the lesson on distillation says of its sentence', () => {
  test('four animals of a rainy day, by the exact reader, the teacher and the student', () => {
    const words = ['mouse', 'snail', 'duck', 'toad'];
    const shares = words.map((word) => posterior(toad)[idOf(word)]!);
    expect(new Set(shares.map((share) => share.toFixed(6))).size).toBe(1);
    expect(shares.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0.9);
    expect(words.map((word) => percent(teacher, toad, word))).toEqual([28, 27, 22, 17]);
    expect(Math.max(...words.map((word) => percent(student, toad, word)))).toBe(percent(student, toad, 'mouse'));
  });
  test('four kinds of food, and how the student leans as its teacher does, and less', () => {
    const words = ['fish', 'honey', 'seeds', 'berries'];
    for (const word of words) expect(posterior(honey)[idOf(word)]).toBeCloseTo(0.25, 9);
    expect([percent(teacher, honey, 'fish'), percent(teacher, honey, 'honey')]).toEqual([39, 16]);
    expect(percent(student, honey, 'fish')).toBe(30);
    const far = (reading: PlainReading) => divergence(posterior(honey), softmax(reading.logitsAt(honey)));
    expect(far(student)).toBeLessThan(far(teacher));
  });
  test('the pull of the teacher grows slack, that of the answer does not', () => {
    const at = (reading: PlainReading) => pullsOf(teacher, reading, toad, ids[toad]!, 2);
    expect(at(student).distribution).toBeLessThan(at(begun).distribution / 5);
    expect(at(student).angle).toBeLessThan(at(begun).angle / 5);
    expect(at(student).answer).toBeGreaterThan(1.3);
    expect(pullsOf(teacher, teacher, toad, ids[toad]!, 2)).toMatchObject({ distribution: 0 });
  });
  test('at temperature 8 nearly all words are alike', () => {
    const shares = softened(softmax(teacher.logitsAt(toad)), 8);
    expect(Math.max(...shares)).toBeLessThan(0.02);
  });
  test('`the` makes up 8.6 % of the tokens and gets 1.5 % of the holes, `choir` eight times as many as before', () => {
    const { ids: words, alike, rare } = holeShares(data.train, data.vocabulary);
    const [the, choir] = ['the', 'choir'].map((word) => words.indexOf(idOf(word)));
    expect([alike[the!], rare[the!]].map((share) => (100 * share!).toFixed(1))).toEqual(['8.6', '1.5']);
    expect(Math.round(rare[choir!]! / alike[choir!]!)).toBe(8);
    expect(choir).toBe(words.length - 1);
  });
});

describe('what it says of its stored runs', () => {
  const outcome = async (id: string) => (await loadResult('distillation', id))!.outcomes[0]!;
  const at = ({ evaluations }: Awaited<ReturnType<typeof outcome>>, step: number) =>
    evaluations.find((one) => one.step === step)!;
  const right = (counts: { right: number; asked: number } | undefined) =>
    Math.round((100 * counts!.right) / counts!.asked);
  test('how large teacher and student are, and where the student begins', () => {
    expect(models.map(({ blueprint, config }) => count(blueprint.spec(config as never)))).toEqual([223810, 119424]);
    expect([chosenLayers(2), chosenLayers(6)]).toEqual([
      [0, 3],
      [0, 2, 4, 7, 9, 11],
    ]);
  });
  test('what the teacher has learned when', async () => {
    const one = await outcome('teacher');
    expect(right(at(one, 200).classes!.city)).toBeGreaterThan(70);
    expect([at(one, 300).classes!.simile, at(one, 300).classes!.hero].map(right)).toEqual([74, 62]);
    expect([at(one, 400).classes!.animal, at(one, 500).classes!.animal].map(right)).toEqual([24, 41]);
    expect(right(one.floors!.best.mlm!.classes!.animal)).toBe(50);
    expect(at(one, 500).losses.mlm).toBeCloseTo(0.777, 3);
    expect(one.floors!.best.mlm!.loss).toBeCloseTo(0.703, 3);
    expect(at(one, 300).losses.mlm).toBeCloseTo(0.966, 3);
  });
  test('how the student comes to its teacher, and past it', async () => {
    const one = await outcome('student');
    const [start, end] = [at(one, 0), at(one, 400)];
    expect(start.losses.mlm).toBeCloseTo(2.43, 2);
    expect(right(start.classes!.frame)).toBe(64);
    expect([at(one, 25), at(one, 50)].map(({ losses }) => losses.mlm!.toFixed(2))).toEqual(['1.29', '0.96']);
    expect(end.losses.mlm).toBeCloseTo(0.761, 3);
    const both = (name: string) => [start, end].map(({ losses }) => losses[name]!.toFixed(2));
    expect(both('distillation')).toEqual(['2.88', '0.06']);
    expect(both('cosine')).toEqual(['0.33', '0.03']);
  });
});

describe('what it says of its claims', () => {
  const prose = readFileSync('lessons/10-distillation/lesson.md', 'utf8');
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  async function armsOf(id: string): Promise<readonly Arm[]> {
    const { experiment, outcomes } = (await loadResult('distillation', id))!;
    return experiment.arms.map(({ label: name }) => {
      const curves = outcomes
        .filter(({ arm }) => arm === name)
        .map(({ evaluations }) => evaluations.map(({ losses }) => losses.mlm!));
      return { name, curves, values: curves.map((curve) => curve.at(-1)!) };
    });
  }
  test('the start helps most, and three losses more than labels, from every seed', async () => {
    const [taught, labelled, fresh, alone] = (await armsOf('parts')) as [Arm, Arm, Arm, Arm];
    const said = (arm: Arm) => mean(arm.values).toFixed(2);
    expect(prose).toContain(`**${said(taught)}** nats with all three, **${said(labelled)}** with labels alone`);
    expect(prose).toContain(`**${said(fresh)}** and **${said(alone)}**`);
    for (const [a, b] of [
      [taught, labelled],
      [labelled, alone],
      [taught, fresh],
      [fresh, alone],
    ] as const)
      expect(verdictOf(a, b, 'lower')).toMatchObject({ isShown: true, ahead: a.name });
  });
  test('exact odds teach more than labels, from every seed and at every look', async () => {
    const [odds, labels] = (await armsOf('perfect')) as [Arm, Arm];
    expect(prose).toContain(`at **${mean(odds.values).toFixed(2)}** nats`);
    expect(prose).toContain(`is at **${mean(labels.values).toFixed(2)}**`);
    expect(verdictOf(odds, labels, 'lower')).toMatchObject({ isShown: true, ahead: odds.name });
    odds.curves.forEach((curve, seed) => {
      curve.slice(1).forEach((loss, i) => {
        expect(loss).toBeLessThan(labels.curves[seed]![i + 1]!);
      });
    });
  });
});
