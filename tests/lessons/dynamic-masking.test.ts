import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadExperiment, loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { storedNamed, storedOf } from '../../src/app/stored-runs.ts';
import { createRng } from '../../src/core/rng.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import { bestLosses } from '../../src/objectives/best.ts';
import { type Made, makeExample } from '../../src/objectives/make.ts';
import { IGNORE } from '../../src/objectives/objective.ts';
import { drawEpochs } from '../../src/panels/epochs.ts';
import { runOf as armRun } from '../../src/training/arm.ts';
import { prepare, recipeOf } from '../../src/training/data.ts';
import type { Outcome } from '../../src/training/experiment.ts';
import { stepsOf } from '../../src/training/phases.ts';
import { readRecording } from '../../src/training/recording.ts';

const folder = 'lessons/02-dynamic-masking';
const prose = readFileSync(`${folder}/lesson.md`, 'utf8');
const percent = (share: number) => (100 * share).toFixed(0);
const runOf = async () => (await loadLesson('dynamic-masking'))!.run;
const outcomeOf = async (id: string): Promise<Outcome> => (await loadResult('dynamic-masking', id))!.outcomes[0]!;
const recordingOf = (id: string) =>
  readRecording(new Uint8Array(readFileSync(`${folder}/recordings/${id}.frames.bin`)));

/** The three losses of a run at a step. */
function lossesAt({ evaluations, batches }: Outcome, step: number): readonly number[] {
  const at = evaluations.find((one) => one.step === step)!;
  return [batches!.find((one) => one.step === step)!.losses.mlm!, at.sets!.sameText!.losses.mlm!, at.losses.mlm!];
}
/** The rows of a table of the lesson, of a run at some steps. */
const tableOf = (outcome: Outcome, steps: readonly number[]) =>
  ['its own holes', 'new holes, same text', 'new text'].map(
    (name, i) => `| ${name} | ${steps.map((step) => lossText(lossesAt(outcome, step)[i]!)).join(' | ')} |`,
  );
const lossText = (loss: number) => loss.toFixed(loss < 0.01 ? 3 : 2);

/** Every row that the lesson's run learns from, with its own holes. */
async function ownRows(): Promise<readonly Made[]> {
  const run = await runOf();
  const data = await prepare(run.text);
  const rows = new Map<string, Made>();
  for (let i = 0; i < 6000; i++) {
    const made = makeExample(data.train, recipeOf(run), data.vocabulary, createRng('rows').fork(String(i)));
    rows.set(made.sequence.ids.join(' '), made);
  }
  return [...rows.values()];
}

describe('the lesson on dynamic masking', () => {
  test('shows a sentence of which 3 of 20 tokens are chosen, and says by what law more are', async () => {
    const { tokenizer, vocabulary } = await prepare((await runOf()).text);
    const sentences = [...prose.matchAll(/^sentence: (on tuesday .* she danced \.)$/gm)].map(([, text]) => text!);
    expect(new Set(sentences).size).toBe(1);
    const ids = tokenizer.encode(sentences[0]!);
    const { rows } = drawEpochs({ ids, seed: '16', copies: 1, epochs: 8 }, vocabulary);
    expect(prose).toContain(`a dot marks what was ever asked for: ${rows[0]!.holes.length} of ${ids.length} tokens`);
    const [one, ten, forty] = [1, 10, 40].map((k) => (100 * (1 - 0.85 ** k)).toFixed(1));
    expect(prose).toContain(`${one} % after one mask, ${ten} % after ten, and ${forty} % after forty`);
  });

  test('shows ten kinds of rows in forty epochs, not all of them equally often', async () => {
    const { tokenizer, vocabulary } = await prepare((await runOf()).text);
    const [, sentence] = /^sentence: (.* she danced \.)$/m.exec(prose)!;
    const ids = tokenizer.encode(sentence!);
    const { rows } = drawEpochs({ ids, seed: '16', copies: 10, epochs: 40 }, vocabulary);
    const counts = new Map<string, number>();
    for (const { holes } of rows) counts.set(JSON.stringify(holes), (counts.get(JSON.stringify(holes)) ?? 0) + 1);
    expect(counts.size).toBe(10);
    expect([...counts.values()].filter((count) => count === 1)).toHaveLength(1);
    expect(Math.max(...counts.values())).toBeGreaterThan(4);
  });

  test('learns from 450 rows of two sentences, read about 43 times', async () => {
    const run = await runOf();
    const rows = await ownRows();
    expect(rows).toHaveLength(450);
    expect(prose).toContain(`**${run.text.documents} stories**, ${rows.length} rows of two sentences`);
    expect(prose).toContain(`about ${Math.round((stepsOf(run) * run.training.batchSize) / rows.length)} times`);
  });

  test('says what the best possible loss is on those rows with their own holes, and on new text', async () => {
    const run = await runOf();
    const { exact, vocabulary } = await prepare(run.text);
    const best = bestLosses(recipeOf(run), await ownRows(), exact!, vocabulary).mlm!;
    expect(prose).toContain(`the sum is ${best.loss.toFixed(2)}.`);
    const { floors } = await outcomeOf('by-heart');
    expect(prose).toContain(`The best possible without memory is ${floors!.best.mlm!.loss.toFixed(2)}.`);
  });

  test('sets its labs to stored runs of the folder; the first is the run of the lesson itself', async () => {
    const named = [...prose.matchAll(/^stored: (.*)$/gm)].map(([, id]) => id!);
    expect(named).toEqual(['by-heart', 'by-heart', 'fresh-run', 'other-holes']);
    for (const id of named) {
      const stored = storedNamed('dynamic-masking', id)!;
      expect(stored.probe).toEqual((await recordingOf(id)).text);
      expect((await stored.load())!.outcomes).toHaveLength(1);
    }
    expect(storedOf(await runOf())!.id).toBe('dynamic-masking/by-heart');
    expect(storedNamed('dynamic-masking', 'fresh-run')!.run.recipe.noisingOptions).toEqual({
      count: 'content',
      copies: 0,
    });
  });

  test('asks the run with one mask about a row that it learns from, with the very holes it has there', async () => {
    const { probe } = await recordingOf('by-heart');
    const [asked] = probe.examples;
    const own = (await ownRows()).find(({ sequence }) => sequence.ids.join() === probe.original.join())!;
    expect(asked!.inputIds).toEqual(own.example.inputIds);
    expect(asked!.labels).toEqual(own.example.labels);
    const { probe: other } = await recordingOf('other-holes');
    expect(other.original).toEqual(probe.original);
    const holes = (labels: readonly number[]) => labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));
    const [here, there] = [holes(asked!.labels), holes(other.examples[0]!.labels)];
    expect(there.filter((place) => here.includes(place))).toEqual([]);
  });

  test('tells how the three losses of both runs went', async () => {
    const [heart, fresh] = [await outcomeOf('by-heart'), await outcomeOf('fresh-run')];
    for (const row of [...tableOf(heart, [50, 100, 150, 300]), ...tableOf(fresh, [100, 200, 300])])
      expect(prose).toContain(row);
    const best = heart.floors!.best.mlm!.loss;
    expect(lossesAt(heart, 100)[0]).toBeGreaterThan(best);
    expect(lossesAt(heart, 125)[0]).toBeLessThan(best);
    const onNew = heart.evaluations.map(({ losses }) => losses.mlm!);
    expect(heart.evaluations[onNew.indexOf(Math.min(...onNew))]!.step).toBe(100);
    for (const { step } of fresh.evaluations.slice(1))
      expect(Math.abs(lossesAt(fresh, step)[0]! - lossesAt(fresh, step)[1]!)).toBeLessThan(0.8);
    expect(prose).toContain(`With one mask it ended at ${lossesAt(heart, 300)[2]!.toFixed(2)}.`);
  });

  test('tells what both runs answer at their end', async () => {
    const said = async (id: string, word: string) => {
      const { frames, tokens, probe } = await recordingOf(id);
      const at = frames.at(-1)!.guesses!.findIndex(({ truth }) => tokens[truth.id] === word);
      const { truth, top } = frames.at(-1)!.guesses![at]!;
      return { share: truth.share, best: probe.best![at]!, first: tokens[top[0]!.id] };
    };
    const [teacher, bedtime] = [await said('by-heart', 'teacher'), await said('by-heart', 'bedtime')];
    expect([1 / teacher.best, 1 / bedtime.best]).toEqual([expect.closeTo(6, 6), expect.closeTo(3, 6)]);
    expect(prose).toContain(`the exact reader gives it ${percent(teacher.best)} %`);
    expect(prose).toContain(`there are three, ${percent(bedtime.best)} %`);
    expect(prose).toContain('gives each of them more than 99 %');
    expect(Math.min(teacher.share, bedtime.share)).toBeGreaterThan(0.99);
    const fresh = await said('fresh-run', 'teacher');
    expect(prose).toContain(`\`teacher\` gets ${percent(fresh.share)} % where ${percent(fresh.best)} % can be known`);
    const school = await said('other-holes', 'school');
    expect(school.best).toBeCloseTo(1, 6);
    expect(school.share).toBeLessThan(0.01);
    expect(prose).toContain(`less than 1 % and says \`${school.first}\``);
  });

  test('tells where both runs look in their last layer', async () => {
    const looks = async (id: string, from: number, to: number) => {
      const { frames } = await recordingOf(id);
      const { shape, data, scale } = frames.at(-1)!.values['attention.1']!;
      const [heads = 0, n = 0] = shape;
      return Array.from({ length: heads }, (_, head) => Number(percent(data[(head * n + from) * n + to]! * scale)));
    };
    const { tokens, probe } = await recordingOf('by-heart');
    const words = probe.original.map((id) => tokens[id]);
    const [rabbit, snowy, seeds] = ['rabbit', 'snowy', 'seeds'].map((word) => words.indexOf(word)) as [
      number,
      number,
      number,
    ];
    const best = async (id: string, from: number, to: number) => Math.max(...(await looks(id, from, to)));
    expect(prose).toContain(
      `${await best('fresh-run', rabbit, snowy)} % of its look on \`snowy\`, another ${await best('fresh-run', rabbit, seeds)} % on`,
    );
    expect(await looks('fresh-run', rabbit, snowy)).toHaveProperty('1', 81);
    const [to, teacher] = [words.indexOf('for'), words.indexOf('teacher')];
    expect(prose).toContain(`${await best('by-heart', rabbit, to)} % on \`for\``);
    expect(prose).toContain(`another ${await best('by-heart', rabbit, teacher)} % on the hole of \`teacher\``);
    const [school, other] = [words.indexOf('school'), words.lastIndexOf('school')];
    expect((await looks('other-holes', school, teacher))[1]).toBe(75);
    expect(prose).toContain(
      `one has ${await best('other-holes', school, teacher)} % on \`teacher\`, another ${await best('other-holes', school, words.indexOf('with'))} % on \`with\``,
    );
    expect(await best('other-holes', school, other)).toBeLessThan(10);
  });

  test('counts the weights in a table of pieces, and what larger runs cost', () => {
    const [base, large] = [768, 1024].map((wide) => Math.round(((50_265 - 30_522) * wide) / 1e6));
    expect(prose).toContain(`${base} million more in the base model, ${large} million more in the large one`);
    expect(Math.round(3.2e21 / 1.9e20)).toBe(17);
    expect(8192 / 256).toBe(32);
  });

  test('puts the three arms of its claim to the same held-out questions', async () => {
    const { experiment } = (await loadExperiment('dynamic-masking', 'copies'))!;
    expect(experiment.base.evaluationOptions).toEqual({ copies: 0 });
    expect(experiment.arms.map(({ label }) => label)).toEqual(['new each time', 'ten masks', 'one mask']);
  });
});

describe('what it says of forty times through the text', () => {
  const outcomesOf = async (arm: string) => {
    const { outcomes } = (await loadResult('dynamic-masking', 'forty-epochs'))!;
    return outcomes.filter((one) => one.arm === arm);
  };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const steps = [50, 100, 150, 200, 250];
  const lossAt = (outcomes: readonly Outcome[], step: number) =>
    outcomes.map(({ evaluations }) => evaluations.find((one) => one.step === step)!.losses.mlm!);

  test('the steps are so many times through 300 rows', async () => {
    const { experiment } = (await loadExperiment('dynamic-masking', 'forty-epochs'))!;
    const run = armRun(experiment, experiment.arms[0]!, '1');
    const { train } = await prepare(run.text);
    const rows = train.reduce((sum, { sentences }) => sum + Math.ceil(sentences.length / 2), 0);
    expect([train.length, rows]).toEqual([60, 300]);
    expect(steps.map((step) => (step * run.training.batchSize) / rows)).toEqual([8, 16, 24, 32, 40]);
  });

  test('the losses on new text are those of the runs, and a difference is shown from the 24th time on', async () => {
    const [fresh, ten] = [await outcomesOf('new each time'), await outcomesOf('ten masks')];
    const row = (outcomes: readonly Outcome[]) =>
      steps.map((step) => mean(lossAt(outcomes, step)).toFixed(2)).join(' | ');
    expect(prose).toContain(`| new masks, new text | ${row(fresh)} |`);
    expect(prose).toContain(`| ten masks, new text | ${row(ten)} |`);
    const verdicts = steps.map(
      (step) =>
        verdictOf({ name: 'new', values: lossAt(fresh, step) }, { name: 'ten', values: lossAt(ten, step) }, 'lower')!,
    );
    expect(verdicts.map(({ isShown }) => isShown)).toEqual([false, false, true, true, true]);
    const grown = verdicts.slice(2).map(({ difference }) => difference.toFixed(2));
    expect(prose).toContain(`it grows: ${grown.join(', ')} nats`);
    const own = mean(ten.map(({ batches }) => batches!.at(-1)!.losses.mlm!));
    const same = mean(ten.map(({ evaluations }) => evaluations.at(-1)!.sets!.sameText!.losses.mlm!));
    expect(prose).toContain(`their own holes cost ${own.toFixed(2)}, new ones in the same rows ${same.toFixed(2)}`);
    expect(prose).toContain(`${ten[0]!.parameters.toLocaleString('en')} weights`);
  });
});
