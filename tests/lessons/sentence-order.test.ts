import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadLesson } from '../../src/app/lessons.ts';
import { storedOf } from '../../src/app/stored-runs.ts';
import { pairings } from '../../src/objectives/catalog.ts';
import { evidenceOf, readersOf } from '../../src/panels/stages/evidence/evidence.ts';
import { playPair } from '../../src/panels/stages/shared/pair.ts';
import { readTwoHoles } from '../../src/panels/two-holes.ts';
import { followingShare, weekdays } from '../../src/text/corpora/lost-and-found/grammar.ts';
import { prepare } from '../../src/training/data.ts';
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
});
