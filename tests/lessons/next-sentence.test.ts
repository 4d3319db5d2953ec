import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { experimentOf } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { encodeRun } from '../../src/app/run-address.ts';
import { recipes, storedOf } from '../../src/app/stored-runs.ts';
import { pairings } from '../../src/objectives/catalog.ts';
import { evidenceOf, readersOf } from '../../src/panels/stages/evidence/evidence.ts';
import { playPair } from '../../src/panels/stages/shared/pair.ts';
import { runOf } from '../../src/training/arm.ts';
import { heldOutExamples } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import { readRecording } from '../../src/training/recording.ts';
import { accuracyOf, dayPairs, followsOf } from '../support/day-pairs.ts';
import { exact, vocabulary } from '../support/lost-and-found.ts';

const prose = readFileSync('lessons/03-next-sentence/lesson.md', 'utf8');
const percent = (share: number, digits: number) => (100 * share).toFixed(digits);
const segmentsOf = (ids: readonly number[]) => {
  const end = ids.indexOf(vocabulary.separateId);
  return ids.map((_, i) => Number(i > end));
};
const readers = new Map(
  dayPairs.map(({ ids }) => [
    ids,
    readersOf({ ids, segments: segmentsOf(ids) }, pairings.nsp!, exact, vocabulary)!.map(({ share }) => share),
  ]),
);

describe('the lesson on next sentences', () => {
  test('counts every pair of days once', () => {
    for (const kind of ['next', 'swapped', 'random'] as const)
      expect(dayPairs.reduce((sum, pair) => sum + pair[kind], 0)).toBeCloseTo(1, 12);
  });

  test('says how often three readers are right, of all pairs there are', () => {
    const [whole, blind, place] = [0, 1, 2].map((k) => accuracyOf((ids) => readers.get(ids)![k]!, 'random'));
    expect(prose).toContain(`${percent(whole!, 2)} %, ${percent(blind!, 2)} % and ${percent(place!, 2)} %`);
    expect(whole! - blind!).toBeCloseTo(0.001, 3);
  });

  test('says how often the best judge of next sentences is right about exchanged ones', () => {
    const [nsp, sop] = (['random', 'swapped'] as const).map((other) =>
      percent(
        accuracyOf((ids) => followsOf(ids, 'nsp'), other),
        1,
      ),
    );
    expect(prose).toContain(`[${nsp}, ${sop}]]`);
    expect(prose).toContain(`is right in ${sop} %, for the weekdays`);
  });

  test('shows a foreign pair of which the best possible reader is all but sure that it follows', async () => {
    const { run } = (await loadLesson('next-sentence'))!;
    const data = await prepare(run.text);
    const tools = {
      pairing: pairings.nsp!,
      isHeldOut: true,
      maxLength: run.recipe.maxLength,
      documents: data.heldOut,
      tokenizer: data.tokenizer,
    };
    const state = { seed: '19', draw: 0, redraws: [], options: run.recipe.pairingOptions as Record<string, unknown> };
    const { sequence } = playPair(state, tools);
    const { clues, share } = evidenceOf(sequence!, pairings.nsp!, [], data.exact!, data.vocabulary)!;
    expect(sequence!.pairLabel).toBe(1);
    expect(share).toBeGreaterThan(0.99);
    expect(clues.map(({ bits }) => bits.toFixed(2))).toEqual(['3.00', '1.00', '2.68']);
    expect(Math.log2(12).toFixed(2)).toBe('3.58');
  });

  test('starts with the settings of the stored run, and tells what happened in it', async () => {
    const { run } = (await loadLesson('next-sentence'))!;
    const stored = storedOf(run)!;
    expect(stored.id).toBe('recipes/nsp');
    const [outcome] = (await stored.load())!.outcomes;
    const steps = [200, 250, 300, 500];
    const right = steps.map((step) => outcome!.evaluations.find((one) => one.step === step)!.accuracies.nsp!);
    expect(prose).toContain(`| right | ${right.map((share) => `${percent(share, 0)} %`).join(' | ')} |`);
    expect(prose).toContain(`the exact reader is right in ${percent(outcome!.floors!.best.nsp!.accuracy!, 1)} %`);
  });

  test('tells what the recorded run said of one pair, and where its first token looked', async () => {
    const file = readFileSync('lessons/00-recipes/recordings/nsp.frames.bin');
    const { frames, probe, tokens } = await readRecording(new Uint8Array(file));
    const words = probe.examples.map(({ inputIds }) => inputIds.map((id) => tokens[id]));
    const pair = words.findIndex((row) => row.includes('mountain') && row.includes('harbor'));
    expect(pair).toBe(4);
    const said = (step: number) => percent(frames.find((frame) => frame.step === step)!.verdicts![pair]!, 0);
    expect(prose).toContain(`At step 363 the model still gives it ${said(363)} %`);
    expect(prose).toContain(`at step 426 it gives it ${said(426)} %`);
    const look = (layer: number, head: number, from: string, to: string, nth = 0) => {
      const { shape, data, scale } = frames.at(-1)!.values[`attention.${layer}`]!;
      const [, n = 0] = shape;
      const places = words[0]!.flatMap((word, i) => (word === to ? [i] : []));
      return percent(data[(head * n + words[0]!.indexOf(from)) * n + places[nth]!]! * scale, 0);
    };
    expect([look(1, 0, '[CLS]', 'school', 0), look(1, 0, '[CLS]', 'school', 1)]).toEqual(['38', '60']);
    expect(prose).toContain('38 % the `school` of A and 60 % the `school` of B');
    expect(look(0, 2, 'friday', 'thursday')).toBe('71');
    expect(prose).toContain('third head of layer 1 it looks back at `thursday`, with 71 %');
    expect(prose).toContain('heads: { layer.0: attention.0|2, layer.1: attention.1|0 }');
  });

  test('leads to the playground with the very recipe that it names', () => {
    const { run } = recipes.find(({ id }) => id === 'recipes/nsp')!;
    expect(prose).toContain(`](#/play?${encodeRun(run)})`);
  });
});

test('rows of pairs and packed ones are as full and ask as much; every fourth pair begins within a sentence', async () => {
  const experiment = experimentOf('next-sentence', 'pair-or-packed')!;
  const counted = await Promise.all(
    experiment.arms.map(async (arm) => {
      const run = runOf(experiment, arm, '1');
      const made = heldOutExamples(await prepare(run.text), run, 512);
      const share = (of: (one: (typeof made)[number]) => number) => made.reduce((sum, one) => sum + of(one), 0) / 512;
      return {
        filled: share(({ sequence }) => sequence.ids.length),
        asked: share(({ example }) => example.labels.filter((label) => label >= 0).length),
        cut: share(({ passage }) => Number((passage.origin?.[0]?.skip ?? 0) > 0)),
      };
    }),
  );
  for (const { filled, asked } of counted) {
    expect(Math.abs(filled - 58)).toBeLessThan(1);
    expect(asked).toBeGreaterThan(7.3);
    expect(asked).toBeLessThan(8);
  }
  expect(counted.map(({ cut }) => Number(cut.toFixed(2)))).toEqual([0.26, 0.26, 0]);
});
