import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { experimentOf, loadResult } from '../../src/app/experiments.ts';
import { loadLesson } from '../../src/app/lessons.ts';
import { verdictOf } from '../../src/figures/claim.ts';
import { meanOf } from '../../src/figures/spread.ts';
import type { Placed } from '../../src/lesson.ts';
import type { ConvbertConfig } from '../../src/models/convbert/config.ts';
import { classesIn, pack } from '../../src/objectives/make.ts';
import { kernelsAt } from '../../src/panels/kernels/kernels.ts';
import { slotReaders } from '../../src/panels/slots.ts';
import { bitsWithin } from '../../src/panels/stages/spans/bits.ts';
import { heldOutExamples } from '../../src/training/batches.ts';
import { prepare } from '../../src/training/data.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { readRecording, readWeights } from '../../src/training/recording.ts';
import { defaultRun, runOfKey } from '../../src/training/settings.ts';
import { surprise } from '../../src/training/surprise.ts';
import { exact, toIds } from '../support/lost-and-found.ts';

const prose = readFileSync('lessons/12-span-convolution/lesson.md', 'utf8');
const lesson = (await loadLesson('span-convolution'))!;
const placedAt = (id: string) =>
  lesson.acts
    .flatMap((act) => act.steps)
    .find((step) => step.id === id)!
    .parts.find((part) => part.kind !== 'prose') as Placed;

const radii = [1, 2, 3, 4, 8, Number.POSITIVE_INFINITY];
/** Doubt in bits at a hole for who sees so many words to either side. */
function doubt(ids: readonly number[], asked: number, radius: number): number {
  const seen = ids.map((id, place) => (place !== asked && Math.abs(place - asked) <= radius ? id : null));
  const [posterior] = exact.read(ids)!.posteriors(seen, [asked]);
  return [...posterior!].reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);
}

describe('what the lesson on span-based convolution says is left at a hole', () => {
  const text = placedAt('near').props as { sentence: string; slots: readonly { name: string; place: number }[] };
  const ids = toIds(text.sentence);
  const placeOf = (name: string) =>
    name === 'city' ? text.sentence.split(' ').indexOf('marino') : text.slots.find((slot) => slot.name === name)!.place;

  test('of a city nothing, of a simile one of ten until three words are in sight, of a place one of eight', () => {
    const bits = (name: string) => radii.map((radius) => Number(doubt(ids, placeOf(name), radius).toFixed(2)));
    expect(bits('city')).toEqual([0, 0, 0, 0, 0, 0]);
    expect(bits('simile')).toEqual([3.32, 3.32, 0, 0, 0, 0]);
    expect(bits('place')).toEqual([3, 3, 3, 3, 3, 0]);
    const asked = {
      'second word of a city': 'city',
      'second word of a simile': 'simile',
      'place in a letter': 'place',
    };
    for (const [slot, name] of Object.entries(asked)) {
      const [one, two, , four, eight, all] = bits(name);
      const found = { '±1': one, '±2': two, '±4': four, '±8': eight, 'all words': all };
      expect(bitsWithin[slot as keyof typeof bitsWithin]).toEqual(found);
    }
  });
  test('and the readers of the picture see so far and no farther', () => {
    const readers = slotReaders(exact, { ids, places: [placeOf('simile'), placeOf('place')], radius: [2, 3] });
    expect(readers.map(({ name, bits }) => [name, ...bits.map((one) => one.toFixed(2))])).toEqual([
      ['±2 words', '3.32', '3.00'],
      ['±3 words', '0.00', '3.00'],
      ['all words', '0.00', '0.00'],
    ]);
  });
  test('on average over all texts', async () => {
    const data = await prepare(defaultRun.text);
    const sums = new Map<string, { readonly bits: number[]; readonly times: number }>();
    for (const made of heldOutExamples(data, { ...defaultRun, recipe: { ...defaultRun.recipe, maxLength: 40 } }, 256)) {
      const bare = made.sequence.ids.slice(1, -1);
      const kinds = classesIn(made, data.classes!)!.slice(1, -1);
      for (const kind of ['food', 'animal', 'weather']) {
        const at = kinds.indexOf(kind);
        if (at < 0) continue;
        const texts = bare.map((id) => data.vocabulary.tokens[id]!);
        const own = toIds(texts.join(' '));
        const { bits, times } = sums.get(kind) ?? { bits: radii.map(() => 0), times: 0 };
        sums.set(kind, { bits: bits.map((sum, i) => sum + doubt(own, at, radii[i]!)), times: times + 1 });
      }
    }
    const { rows, values } = placedAt('claim-ladder').props as unknown as { rows: string[]; values: number[][] };
    for (const [kind, { bits, times }] of sums)
      values[rows.indexOf(kind)]!.forEach((value, i) => {
        expect(Math.abs(bits[i]! / times - value), `${kind} ${radii[i]}`).toBeLessThan(0.06);
      });
    expect(sums.size).toBe(3);
  });
});

describe('what it says of its stored run', () => {
  test('its losses, and what knowing the number of fakes alone would give', async () => {
    const [outcome] = (await loadResult('span-convolution', 'replaced'))!.outcomes;
    const at = (step: number) => outcome!.evaluations.find((one) => one.step === step)!;
    for (const [step, loss] of [
      [100, '0.073'],
      [350, '0.106'],
      [600, '0.079'],
    ] as const) {
      expect(at(step).losses.rtd!.toFixed(3)).toBe(loss);
      expect(prose).toContain(loss);
    }
    const counts = [100, 600].map((step) => surprise(at(step).positives!.rtd!).toFixed(3));
    expect(prose).toContain(`pay ${counts[0]} nats at first and ${counts[1]} at the end`);
    expect(at(600).accuracies.mlm).toBeCloseTo(0.75, 1);
    expect([100, 600].map((step) => (100 * at(step).positives!.rtd!).toFixed(1))).toEqual(['12.0', '4.5']);
  });
  test('its kernels, at the two a and at marino', async () => {
    const file = new Uint8Array(readFileSync('lessons/12-span-convolution/recordings/replaced.weights.bin'));
    const { key, states } = await readWeights(file);
    const { tokenizer, vocabulary } = await prepare(runOfKey(key).text);
    const { sentence, at } = placedAt('span').props as unknown as { sentence: string; at: [number, number] };
    const { ids } = pack({ a: tokenizer.encode(sentence) }, vocabulary);
    const { config } = blueprintOf(runOfKey(key), vocabulary.size);
    const reading = { config: config as ConvbertConfig, weights: states.at(-1)!.weights, ids };
    const second = (place: number) => kernelsAt(reading, place, 'span')[1]!.map((share) => Math.round(100 * share));
    expect([second(at[0])[7], second(at[1])[8]]).toEqual([53, 70]);
    expect(second(ids.length - 3)[3]).toBe(70);
    expect(vocabulary.tokens[ids[ids.length - 3]!]).toBe('marino');
    const [on, bee] = placedAt('kernels').props.at as [number, number];
    const both = (place: number) =>
      kernelsAt(reading, place, 'span').map((kernel) => kernel.map((share) => Math.round(100 * share)));
    expect([both(on)[0]![5], both(on)[1]![6]]).toEqual([83, 77]);
    expect([both(bee).map((kernel) => kernel[1]), Math.max(...both(bee).flat())]).toEqual([[11, 6], 24]);
    expect([on, bee, bee - 3].map((place) => vocabulary.tokens[ids[place]!])).toEqual(['on', 'bee', 'busy']);
  });
});

describe('what its claims came to', () => {
  test('what is out of reach costs its bound, a place is known with attention alone, near words mostly', async () => {
    const { experiment, outcomes } = (await loadResult('span-convolution', 'ladder'))!;
    expect(experiment).toEqual(JSON.parse(JSON.stringify(experimentOf('span-convolution', 'ladder'))));
    const of = (arm: string, hole: string) =>
      outcomes.flatMap((one) => (one.arm === arm ? [one.holes![hole]!.losses] : []));
    const bits = (arm: string, hole: string) => of(arm, hole).map(({ mlm }) => mlm! / Math.LN2);
    const arms = experiment.arms.map(({ label }) => label);
    const [half, ...kernels] = [...arms].reverse();
    for (const arm of arms)
      for (const { name } of experiment.holes!) {
        expect(bits(arm, name), `${arm} ${name}`).toHaveLength(3);
        expect(meanOf(bits(arm, name))).toBeGreaterThan(of(arm, name)[0]!.best! / Math.LN2);
      }
    const [place, simile] = ['place in a letter', 'second word of a simile'];
    for (const arm of kernels) for (const one of bits(arm, place)) expect(one.toFixed(1)).toMatch(/^3\.[01]$/);
    for (const one of bits(half!, place)) expect(one.toFixed(2)).toBe('0.01');
    const told = ['±4', '±8: two layers', half!].flatMap((arm) => bits(arm, simile));
    const learned = told.filter((one) => one < 0.2).sort((a, b) => a - b);
    expect([learned.length, told.length]).toEqual([7, 9]);
    expect([learned[0]!.toFixed(2), learned.at(-1)!.toFixed(2)]).toEqual(['0.03', '0.11']);
    const animal = (arm: string) => meanOf(bits(arm, 'animal')).toFixed(1);
    expect(prose).toContain(
      `${animal('±8: two layers')} bits in two layers of kernels, ${animal(half!)} with half of each`,
    );
    expect((of(half!, 'animal')[0]!.best! / Math.LN2).toFixed(2)).toBe('0.87');
  });
  test('attention alone is ahead where two clues are put together, and groups cost nothing that is shown', async () => {
    const { experiment, outcomes } = (await loadResult('span-convolution', 'weights'))!;
    expect(experiment).toEqual(JSON.parse(JSON.stringify(experimentOf('span-convolution', 'weights'))));
    const of = (name: string, hole: string) => ({
      name,
      values: outcomes.flatMap((one) => (one.arm === name ? [one.holes![hole]!.losses.mlm! / Math.LN2] : [])),
    });
    const [alone, half, groups] = experiment.arms.map(({ label }) => label) as [string, string, string];
    for (const hole of ['animal', 'weather']) {
      const [one, other] = [of(alone, hole), of(half, hole)];
      expect(verdictOf(one, other, 'lower')).toMatchObject({ ahead: alone, isShown: true });
      expect(prose).toContain(
        `${meanOf(one.values).toFixed(2)}${hole === 'animal' ? ' bits' : ''} instead of ${meanOf(other.values).toFixed(2)}`,
      );
    }
    for (const { name } of experiment.holes!)
      expect(verdictOf(of(half, name), of(groups, name), 'lower')!, name).not.toMatchObject({
        ahead: half,
        isShown: true,
      });
    for (const arm of [alone, half, groups])
      for (const bits of of(arm, 'place in a letter').values) expect(bits.toFixed(2)).toBe('0.01');
  });
  test('no judge tells words of one kind apart, but for cities a little, and all tell fakes of other kinds', async () => {
    const { experiment, outcomes } = (await loadResult('span-convolution', 'halves'))!;
    const told = (kind: string) =>
      experiment.arms.map(({ label }) =>
        meanOf(outcomes.flatMap((one) => (one.arm === label ? [100 * one.readBack!.accuracies[kind]!] : []))),
      );
    expect(told('apart.city').map(Math.round)).toEqual([63, 61, 55]);
    expect(prose).toContain('63, 61 and 55 of 100 pairs');
    for (const kind of ['simile', 'food', 'weather', 'weekday', 'place'])
      for (const share of told(`apart.${kind}`)) expect(Math.abs(share - 50), kind).toBeLessThan(4);
    expect(Math.min(...told('apart'))).toBeGreaterThan(98.5);
  });
});

test('the lesson tells how unsure the judge still is of two names, and of two weekdays that nobody touched', async () => {
  const bytes = readFileSync('lessons/12-span-convolution/recordings/replaced.frames.bin');
  const { frames, probe, tokens } = await readRecording(bytes);
  const judged = frames.at(-1)!.judged!;
  const told = (place: number) => ({
    was: tokens[probe.original[place]!],
    is: tokens[judged[place]!.id],
    share: Math.round(100 * judged[place]!.share),
  });
  expect([told(4), told(17)]).toEqual([
    { was: 'omar', is: 'leo', share: 13 },
    { was: 'omar', is: 'nora', share: 13 },
  ]);
  expect([told(2), told(15)]).toEqual([
    { was: 'saturday', is: 'saturday', share: 13 },
    { was: 'sunday', is: 'sunday', share: 14 },
  ]);
  expect(prose).toContain('The judge gives each **13 %**. But the two weekdays, which nobody touched, get 13 and 14 %');
});
