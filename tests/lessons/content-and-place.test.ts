import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { experimentOf, loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { storedOf } from '../../src/app/stored-runs.ts';
import { createRng } from '../../src/core/rng.ts';
import { type Result, verdictOf } from '../../src/figures/claim.ts';
import { meanOf } from '../../src/figures/spread.ts';
import { pack } from '../../src/objectives/make.ts';
import { ratesByPart } from '../../src/panels/starved.ts';
import { splitter } from '../../src/panels/terms/deberta.ts';
import { sharesOf } from '../../src/panels/terms/numbers.ts';
import type { Reading } from '../../src/panels/terms/terms.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import type { Outcome } from '../../src/training/experiment.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { type Recording, readRecording, readWeights } from '../../src/training/recording.ts';
import { runOfKey } from '../../src/training/settings.ts';

const folder = 'lessons/13-content-and-place';
const prose = readFileSync(`${folder}/lesson.md`, 'utf8');
const bytes = (kind: string) => new Uint8Array(readFileSync(`${folder}/recordings/fill-in.${kind}.bin`));
const percent = (share: number) => Math.round(100 * share);

let data: Data;
let recording: Recording;
let reading: Omit<Reading, 'ids' | 'firstPlace'>;
let outcome: Outcome;
beforeAll(async () => {
  data = await prepare((await loadLesson('content-and-place'))!.run.text);
  recording = await readRecording(bytes('frames'));
  const { key, states } = await readWeights(bytes('weights'));
  reading = { ...blueprintOf(runOfKey(key), data.vocabulary.size), weights: states.at(-1)!.weights };
  outcome = (await loadResult('content-and-place', 'fill-in'))!.outcomes[0]!;
});

/** One cell of a stage and head, as the panel `terms` reads a sentence. */
function cell(
  sentence: string,
  hidden: readonly number[],
  stage: string,
  head: number,
  [i, j]: readonly [number, number],
) {
  const { ids } = pack({ a: data.tokenizer.encode(sentence) }, data.vocabulary);
  const shown = ids.map((id, at) => (hidden.includes(at) ? data.vocabulary.maskId : id));
  const { terms, total } = splitter.split({ ...reading, ids: shown, firstPlace: 0 }, stage, head - 1);
  const at = i * ids.length + j;
  const share = sharesOf(total, ids.length)[at]!;
  return { terms: terms.map(({ map }) => map[at]!.toFixed(2)), total: total[at]!.toFixed(2), share: percent(share) };
}
const probe = () => recording.tokens && data.tokenizer.decode(recording.probe.original.slice(1, -1));
const at = (step: number) => outcome.evaluations.find((one) => one.step === step)!;
const right = (name: string, step: number) => {
  const { right: hits, asked } = at(step).classes![name]!;
  return percent(hits / asked);
};

describe('the lesson on content and place', () => {
  test('is about the stored run, and asks what it was asked', async () => {
    const lesson = (await loadLesson('content-and-place'))!;
    expect(storedOf(lesson.run)!.id).toBe('content-and-place/fill-in');
    expect(lesson.probe.sentence).toBe(probe());
    expect(recording.text.hidden).toEqual(lesson.probe.hidden);
  });

  test('says which quarters of a text the published code asks for', () => {
    for (const longest of [1, 3]) {
      const how = { longest, isShuffled: false };
      const { rates } = ratesByPart({ rows: 3000, words: 126, parts: 4 }, how, createRng('lesson'));
      for (const rate of rates.slice(0, 3)) expect(rate).toBeCloseTo(1 / 6, 1.8);
      expect(rates[3]).toBeCloseTo(0.1, 1.8);
    }
    expect(prose).toContain(
      'In the first three quarters some 16.7 % of the words are asked for; in the last one about 10 %.',
    );
  });

  test('tells what the heads of the stored run sum, and how much of their look it makes', () => {
    const hidden = [4, 10, 14];
    const near = cell(probe(), hidden, 'layer.0', 2, [4, 3]);
    const other = cell(probe(), hidden, 'layer.0', 2, [10, 9]);
    expect(prose).toContain(`content → place ${near.terms[1]} of ${near.total}`);
    expect(other.terms[1]).toBe(near.terms[1]);
    const far = cell(probe(), hidden, 'decoder.1', 4, [4, 17]);
    expect(prose).toContain(`one head looks there with **${far.share} %**. Its score of ${far.total} is the sum of`);
    const [content, place, back] = far.terms;
    expect(prose).toContain(
      `- content → content **${content}**,\n- content → place ${place},\n- place → content ${back}.`,
    );
  });

  test('tells where the holes of two weekdays look', () => {
    const [, sentence] = /^sentence: (on monday .* saw a gull \.)\nhidden: \[2, 19\]/m.exec(prose)!;
    const looks = ([i, j]: readonly [number, number]) => cell(sentence!, [2, 19], 'layer.0', 3, [i, j]).share;
    expect(prose).toContain(`with ${looks([2, 0])} % at \`[CLS]\``);
    expect(prose).toContain(`with ${looks([19, 17])} % at **the full stop**`);
  });

  test('tells how the loss came down, and which words were learned when', () => {
    const loss = (step: number) => at(step).losses.mlm!.toFixed(2);
    const { loss: best, classes } = outcome.floors!.best.mlm!;
    expect(prose).toContain(`**${best.toFixed(2)}** nats a hole`);
    expect(prose).toContain(`By step 150 it is at **${loss(150)}**`);
    expect(prose).toContain(`are right in ${right('frame', 150)} % of cases`);
    expect(prose).toContain(`At step 300, at **${loss(300)}**, ${right('simile', 300)} % of similes`);
    expect(prose).toContain(`and ${right('weekday', 300)} % of weekdays`);
    expect(prose).toContain(
      `At step 300 it names ${right('hero', 300)} % of them rightly, at step 350 **${right('hero', 350)} %**, at step 400 ${right('hero', 400)} %; more than ${percent(classes!.hero!.right / classes!.hero!.asked)} % cannot be known`,
    );
    expect(prose).toContain(`At the end the loss is **${loss(600)}**.`);
  });

  test('tells what it costs to take a part away, and what of it is shown', async () => {
    const { experiment, outcomes } = (await loadResult('content-and-place', 'terms'))!;
    const of = (name: string): Result => ({
      name,
      values: outcomes.filter(({ arm }) => arm === name).map(({ evaluations }) => evaluations.at(-1)!.losses.mlm!),
    });
    const [whole, ...others] = experiment.arms.map(({ label }) => of(label));
    const mean = (name: string) => meanOf(of(name).values).toFixed(2);
    expect(prose).toContain(`- whole: **${mean('DeBERTa')}**`);
    expect(prose).toContain(`- no place → content: ${mean('no place to content')}, *shown*`);
    expect(prose).toContain(`- no content → place: ${mean('no content to place')}, **not shown**`);
    expect(prose).toContain(`- no absolute places: ${mean('no absolute places')}, *shown*`);
    expect(prose).toContain(`- BERT: **${mean('BERT')}**, *shown*`);
    const shown = others.filter((other) => verdictOf(whole!, other, 'lower')!.isShown).map(({ name }) => name);
    expect(shown).toEqual(['no absolute places', 'no place to content', 'BERT', 'BERT, trained from any place']);
    const behind = others.filter((other) => verdictOf(whole!, other, 'lower')!.ahead === 'DeBERTa');
    expect(others.filter((other) => !behind.includes(other)).map(({ name }) => name)).toEqual(['places in the input']);
    expect(prose).toContain(`- places at the door: ${mean('places in the input')}, **not shown**`);
    expect(prose).toContain(`got ${outcome.evaluations.at(-1)!.losses.mlm!.toFixed(2)}. What is compared here`);
  });

  test('tells what a moved text costs: nothing at all without absolute places', async () => {
    const { experiment, outcomes } = (await loadResult('content-and-place', 'terms'))!;
    const from = (name: string, place: number) =>
      outcomes.filter(({ arm }) => arm === name).map((one) => one.from![place]!.losses.mlm!);
    const places = experiment.firstPlaces!;
    for (const place of places) expect(from('no absolute places', place)).toEqual(from('no absolute places', 0));
    const lost = (name: string) =>
      Math.max(...places.map((place) => meanOf(from(name, place)) - meanOf(from(name, 0))));
    expect(lost('DeBERTa').toFixed(2)).toBe('0.01');
    const bert = (place: number) => meanOf(from('BERT', place)).toFixed(2);
    expect(prose).toContain(
      `loss rises from ${bert(0)} to **${bert(1)}** when all moves by a single place, and to ${bert(8)} at eight`,
    );
    const door = (place: number) => meanOf(from('places in the input', place)).toFixed(2);
    expect(prose).toContain(
      `goes from ${door(0)} to ${door(1)} when all moves by one place, and to ${door(8)} at eight`,
    );
    const anywhere = places.map((place) => meanOf(from('BERT, trained from any place', place)));
    const [least, most] = [Math.min(...anywhere).toFixed(2), Math.max(...anywhere).toFixed(2)];
    expect(prose).toContain(`with ${least} to ${most} wherever the text begins`);
    expect(prose).toContain(`learned far less: ${anywhere[0]!.toFixed(2)} instead of ${bert(0)}`);
    const { uniform } = outcomes[0]!.floors!;
    expect(prose).toContain(`among all ${Math.round(Math.exp(uniform))} pieces costs ${uniform.toFixed(2)}`);
  });

  test('tells when a hidden place is known, told at the door, under the roof, or not at all', async () => {
    const { experiment, outcomes } = (await loadResult('content-and-place', 'place'))!;
    expect(experiment).toEqual(JSON.parse(JSON.stringify(experimentOf('content-and-place', 'place'))));
    const values = (name: string, step: number) =>
      outcomes.flatMap(({ arm, evaluations }) =>
        arm === name ? [evaluations.find((one) => one.step === step)!.losses.mlm!] : [],
      );
    const [door, roof, nowhere] = ['BERT', 'DeBERTa', 'no absolute places'] as const;
    expect(values(door, 50).map((loss) => loss.toFixed(2))).toEqual(['0.02', '0.01', '0.01']);
    const late = values(roof, 125);
    expect([Math.min(...late).toFixed(2), Math.max(...late).toFixed(2)]).toEqual(['0.01', '0.07']);
    expect(values(nowhere, 125).filter((loss) => loss < 0.1)).toHaveLength(2);
    expect(Math.max(...values(nowhere, 200))).toBeLessThan(0.1);
    const at75 = [roof, nowhere].map((name) => ({ name, values: values(name, 75) }));
    expect(verdictOf(at75[0]!, at75[1]!, 'lower')).toMatchObject({ ahead: roof, isShown: true });
    expect(prose).toContain(`by ${(meanOf(at75[1]!.values) - meanOf(at75[0]!.values)).toFixed(2)} nats`);
  });

  test('tells what the hole of the hero is given, step by step', () => {
    const given = (step: number) => {
      const { guesses } = recording.frames.find((one) => one.step === step)!;
      return percent(guesses![0]!.truth.share);
    };
    expect(prose).toContain(`Up to step 264 it gives \`omar\` ${given(264)} %, less than to seven others.`);
    expect(prose).toContain(`At step 311 it is ${given(311)} %, at the end ${given(600)} %.`);
  });
});
