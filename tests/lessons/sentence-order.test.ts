import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadLesson } from '../../src/app/lessons.ts';
import { encodeRun } from '../../src/app/run-address.ts';
import { recipes, storedOf } from '../../src/app/stored-runs.ts';
import { pairings } from '../../src/objectives/catalog.ts';
import { evidenceOf, readersOf } from '../../src/panels/stages/evidence/evidence.ts';
import { playPair } from '../../src/panels/stages/shared/pair.ts';
import { readTwoHoles } from '../../src/panels/two-holes.ts';
import { followingShare, weekdays } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { prepare } from '../../src/training/data.ts';
import { readRecording } from '../../src/training/recording.ts';
import { accuracyOf, dayPairs, followsOf } from '../support/day-pairs.ts';
import { exact, toIds, vocabulary } from '../support/lost-and-found.ts';

const prose = readFileSync('lessons/04-sentence-order/lesson.md', 'utf8');
const percent = (share: number, digits: number) => (100 * share).toFixed(digits);
const pairOf = (ids: readonly number[]) => {
  const end = ids.indexOf(vocabulary.separateId);
  return { ids, segments: ids.map((_, i) => Number(i > end)) };
};
/** What the best judge of the order makes of any pair: the weekdays are all it goes by. */
const byWeekday = new Map(
  dayPairs.map(({ ids }) => {
    const covered = evidenceOf(pairOf(ids), pairings.sop!, ['place', 'hero'], exact, vocabulary)!;
    return [ids, covered.share];
  }),
);

describe('the lesson on sentence order', () => {
  test('says how often the best possible reader can tell the order of two days', () => {
    const right = accuracyOf((ids) => byWeekday.get(ids)!, 'swapped');
    expect(prose).toContain(`right in **${percent(right, 2)} %** of all pairs of days`);
    const known = dayPairs.filter(({ next, swapped }) => next + swapped > 0);
    for (const { ids } of known) expect(byWeekday.get(ids)).toBeCloseTo(followsOf(ids, 'sop'), 12);
  });

  test('says how often the best judge of each question is right about both', () => {
    const nsp = (['random', 'swapped'] as const).map((other) => accuracyOf((ids) => followsOf(ids, 'nsp'), other));
    const sop = (['random', 'swapped'] as const).map((other) => accuracyOf((ids) => byWeekday.get(ids)!, other));
    const cells = [nsp, sop].map(
      (row) => `[${row.map((share) => (Math.round(share * 1000 + 1e-9) / 10).toFixed(1)).join(', ')}]`,
    );
    expect(prose).toContain(`values: [${cells.join(', ')}]`);
    expect(prose).toContain(`right in ${percent(sop[0]!, 1)} %: the next day`);
    expect(prose).toContain(`right in ${percent(nsp[1]!, 1)} % about the order`);
  });

  test('weighs two weekdays against each other', () => {
    const [forth, back] = [
      followingShare + (1 - followingShare) / weekdays.length,
      (1 - followingShare) / weekdays.length,
    ];
    expect(prose).toContain(`${percent(forth, 2)} % of cases, Tuesday to Monday in ${percent(back, 2)} %`);
    expect(Math.log2(forth / back)).toBeCloseTo(6, 9);
    expect(percent(forth / (forth + back), 1)).toBe('98.5');
  });

  test('has a reader who is blind to order and says one half of every pair', () => {
    for (const { ids } of dayPairs.filter(({ next, swapped }) => next + swapped > 0))
      expect(readersOf(pairOf(ids), pairings.sop!, exact, vocabulary)![1]!.share).toBeCloseTo(0.5, 12);
  });

  test('begins with an exchanged pair, and weighs one in order by its weekdays', async () => {
    const { run } = (await loadLesson('sentence-order'))!;
    const data = await prepare(run.text);
    const show = (seed: string) =>
      playPair(
        { seed, draw: 0, redraws: [], options: { sentencesPerSegment: 1 } },
        {
          pairing: pairings.sop!,
          isHeldOut: true,
          maxLength: run.recipe.maxLength,
          documents: data.heldOut,
          tokenizer: data.tokenizer,
        },
      ).sequence!;
    expect(show('3').pairLabel).toBe(1);
    expect(show('9').pairLabel).toBe(0);
    const bits = (seed: string) =>
      evidenceOf(show(seed), pairings.sop!, [], data.exact!, data.vocabulary)!.clues.map((clue) =>
        clue.bits.toFixed(2),
      );
    expect(bits('9').map(Number)).toEqual([0, 0, 6]);
    expect(bits('3').map(Number)).toEqual([0, 0, -6]);
  });

  test('leaves three bits where both words of a city are hidden, and none where one is', () => {
    const ids = [
      vocabulary.classifyId,
      ...toIds('on friday , a letter came to the market from hong kong .'),
      vocabulary.separateId,
    ];
    const { joint } = readTwoHoles(exact, ids, [11, 12], vocabulary.isSpecial)!;
    expect(joint.flat().reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0)).toBeCloseTo(3, 9);
    const seen = ids.map((id, i) => (i === 12 || vocabulary.isSpecial(id) ? null : id));
    expect(Math.max(...exact.read(ids)!.posteriors(seen, [12])[0]!)).toBe(1);
  });

  test('starts with the settings of a stored run, and tells what happened in it', async () => {
    const { run } = (await loadLesson('sentence-order'))!;
    const stored = storedOf(run)!;
    expect(stored.id).toBe('recipes/sop');
    const [outcome] = (await stored.load())!.outcomes;
    const header = /\| step \| (.+) \|/
      .exec(prose)![1]!
      .split(' | ')
      .map((text) => Number(text.replace(',', '')));
    const right = header.map((step) => outcome!.evaluations.find((one) => one.step === step)!.accuracies.sop!);
    expect(prose).toContain(`| right | ${right.map((share) => `${percent(share, 0)} %`).join(' | ')} |`);
  });

  test('tells when the first token found the days, and when it told them apart', async () => {
    const file = readFileSync('lessons/00-recipes/recordings/sop.frames.bin');
    const { frames, probe, tokens } = await readRecording(new Uint8Array(file));
    const words = probe.examples[0]!.inputIds.map((id) => tokens[id]!);
    const at = (step: number) => frames.find((frame) => frame.step === step)!;
    const look = (step: number, layer: number, head: number, to: string, from = '[CLS]') => {
      const { shape, data, scale } = at(step).values[`attention.${layer}`]!;
      const [, n = 0] = shape;
      return percent(data[(head * n + words.indexOf(from)) * n + words.indexOf(to)]! * scale, 0);
    };
    expect([look(600, 1, 3, 'thursday'), look(600, 1, 1, 'friday')]).toEqual(['96', '98']);
    expect(look(600, 0, 3, 'friday', 'thursday')).toBe('100');
    const days = ['thursday', 'friday'];
    const both = (step: number) => [0, 1].map((layer) => days.map((day) => look(step, layer, 3, day)));
    expect(both(366)).toEqual([
      ['50', '49'],
      ['49', '39'],
    ]);
    for (const share of both(311).flat()) expect(Number(share)).toBeLessThan(30);
    expect([look(432, 1, 3, 'thursday'), look(432, 1, 1, 'friday')]).toEqual(['90', '84']);
    const said = (step: number) => at(step).verdicts!.map((share) => Number(percent(share, 0)));
    expect([Math.min(...said(366)), Math.max(...said(366))]).toEqual([35, 65]);
    for (const share of said(432)) expect(Math.abs(share - 50)).toBeGreaterThan(40);
    for (const words of ['with 96 % of its look', '50 and 49 %, then 49 and 39 %', '`thursday` has 90 % of one head'])
      expect(prose).toContain(words);
  });

  test('leads to the playground with the very recipe that it names', () => {
    const { run } = recipes.find(({ id }) => id === 'recipes/sop')!;
    expect(prose).toContain(`](#/play?${encodeRun(run)})`);
  });
});
