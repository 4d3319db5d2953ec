import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { pack } from '../../src/objectives/make.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { objective, type RtdOptions } from '../../src/objectives/rtd/index.ts';
import { mergeSamples } from '../../src/objectives/rtd/sample.ts';
import { expectChiSquare, expectShare, nll, times } from '../support/statistics.ts';
import { ids, toy, words } from '../support/toy-vocabulary.ts';

const logits = [
  [1.0, 2.0, 1.5, -1.0, -0.5, 0.2],
  [0.0, 0.3, 0.1, 1.2, 1.0, -2.0],
];
const original = ids('[CLS] the cat sat [SEP] the dog ran [SEP]');

test('worked example 4-A: a dog is put in, and by luck the original', () => {
  const { corrupted, replaced } = mergeSamples(original, [2, 7], ids('dog ran'));
  expect(words(corrupted)).toBe('[CLS] the dog sat [SEP] the dog ran [SEP]');
  expect(replaced).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0]);
});

/** Sigmoid cross-entropy of one verdict. */
const bce = (logit: number, label: number) => Math.log(1 + Math.exp(-logit)) + (1 - label) * logit;

test('worked example 4-A: both losses and their sum with weight 50', () => {
  const generator = (nll(logits[0]!, 1) + nll(logits[1]!, 4)) / 2;
  expect(generator).toBeCloseTo(1.042615, 6);
  const verdicts = [-2.0, -1.0, 0.5, -1.5, -2.5, -1.0, -0.5, 0.3, -3.0];
  const labels = [0, 0, 1, 0, 0, 0, 0, 0, 0];
  const costs = verdicts.map((logit, i) => bce(logit, labels[i]!));
  expect(costs).toEqual(
    [0.1269, 0.3133, 0.4741, 0.2014, 0.0789, 0.3133, 0.4741, 0.8544, 0.0486].map((x) => expect.closeTo(x, 4)),
  );
  const mean = (all: readonly number[]) => all.reduce((a, b) => a + b, 0) / all.length;
  expect(mean(costs)).toBeCloseTo(0.320539, 6);
  expect(generator + 50 * mean(costs)).toBeCloseTo(17.069565, 5);
  expect(mean([...costs, ...costs])).toBeCloseTo(mean(costs), 12);
});

test('worked example 4-B: as published, two samples for one place are averaged to a token nobody sampled', () => {
  const text = ids('[CLS] the cat sat on dog . [SEP]');
  const { corrupted, replaced } = mergeSamples(text, [3, 5, 3], [10, 8, 7], 'reference');
  expect(corrupted).toEqual([2, 5, 7, 8, 11, 8, 14, 3]);
  expect(replaced).toEqual([0, 0, 0, 1, 0, 0, 0, 0]);
  expect(mergeSamples(text, [3, 5, 3], [10, 8, 7]).corrupted).toEqual([2, 5, 7, 7, 11, 8, 14, 3]);
});

const input: Sequence = pack(
  { a: ids('the cat sat on the mat . the dog ##s ran far .'), b: ids('it was un ##seen .') },
  toy,
);
const clean = objective.defaults;
const variants: readonly RtdOptions[] = [
  clean,
  { ...clean, substitutes: 'uniform', rate: 0.5 },
  { ...clean, luck: false },
  { ...clean, mode: 'reference', rate: 0.4 },
];
const made = (options: RtdOptions, seed: number, of = input) => {
  const draws = objective.draw(of, options, toy, createRng(seed));
  const example = objective.apply(of, draws);
  const drawn = example.labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));
  return { draws, drawn, ...example, replaced: example.replaced!, generatorIds: example.generatorIds! };
};
function everywhere(check: (one: ReturnType<typeof made>, options: RtdOptions) => void) {
  for (const options of variants) for (const seed of times(150, (i) => i)) check(made(options, seed), options);
}

test('a token is called replaced exactly where it is not the original', () => {
  everywhere(({ inputIds, replaced }) => {
    expect(replaced).toEqual(input.ids.map((id, i) => (inputIds[i] === id ? 0 : 1)));
  });
});

test('places that were not drawn hold the original, special tokens always do', () => {
  everywhere(({ inputIds, drawn, generatorIds }) => {
    const others = input.ids.filter((_, i) => !drawn.includes(i));
    expect(inputIds.filter((_, i) => !drawn.includes(i))).toEqual(others);
    expect(generatorIds.filter((_, i) => !drawn.includes(i))).toEqual(others);
    expect(drawn.some((i) => toy.isSpecial(input.ids[i]!))).toBe(false);
  });
});

test('no more are replaced than places were drawn, no more drawn than wanted', () => {
  everywhere(({ replaced, drawn }, options) => {
    expect(replaced.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(drawn.length);
    expect(drawn.length).toBeLessThanOrEqual(objective.slots(options, input.ids.length));
    if (options.mode === 'clean') expect(drawn.length).toBe(objective.slots(options, input.ids.length));
  });
});

test('the judge never sees [MASK], the generator sees it at every place drawn', () => {
  everywhere(({ inputIds, generatorIds, drawn }, options) => {
    expect(inputIds).not.toContain(toy.maskId);
    if (options.mode === 'clean') expect(drawn.every((i) => generatorIds[i] === toy.maskId)).toBe(true);
  });
});

test('as published the generator sees 85 % of the places as [MASK] and the others as they are', () => {
  const shown = times(1000, (seed) => made(variants[3]!, seed)).flatMap(({ draws }) =>
    draws.steps.flatMap((step) => (step.kind === 'shown' ? [step] : [])),
  );
  const hidden = shown.filter(({ id }) => id === toy.maskId);
  expectShare(hidden.length, shown.length, 0.85);
  expect(shown.filter(({ id }) => id !== toy.maskId).every(({ id, position }) => id === input.ids[position])).toBe(
    true,
  );
});

test('a generator that always guesses right leaves nothing to find', () => {
  const places = [2, 3, 6];
  const { replaced } = mergeSamples(
    input.ids,
    places,
    places.map((i) => input.ids[i]!),
  );
  expect(replaced.includes(1)).toBe(false);
});

test('without lucky guesses every drawn place is replaced', () => {
  for (const seed of times(200, (i) => i)) {
    const { replaced, drawn } = made({ ...clean, luck: false, rate: 0.5 }, seed);
    expect(drawn.every((i) => replaced[i] === 1)).toBe(true);
  }
});

test('a uniform generator is wrong in all but one of the ordinary tokens', () => {
  const all = times(1500, (seed) => made(variants[1]!, seed));
  const drawn = all.reduce((sum, one) => sum + one.drawn.length, 0);
  const wrong = all.reduce((sum, one) => sum + one.replaced.reduce((a, b) => a + b, 0), 0);
  expectShare(wrong, drawn, 1 - 1 / 27);
});

test('a place is replaced as often as the word counts miss the original', () => {
  // Nine of ten substitutes are "the", one is "cat".
  const counted = { ...toy, counts: toy.tokens.map((_, id) => (id === 5 ? 9 : id === 7 ? 1 : 0)) };
  const hit = new Map([
    [5, 0.9],
    [7, 0.1],
  ]);
  let [found, expected, spread] = [0, 0, 0];
  for (const seed of times(1500, (i) => i)) {
    const { labels, replaced } = objective.apply(
      input,
      objective.draw(input, { ...clean, rate: 0.5 }, counted, createRng(seed)),
    );
    for (const [i, label] of labels.entries()) {
      if (label === IGNORE) continue;
      const p = hit.get(label) ?? 0;
      found += replaced![i]!;
      expected += 1 - p;
      spread += p * (1 - p);
    }
  }
  expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(spread));
  expect(spread).toBeGreaterThan(250);
});

test('substitutes follow the word counts', () => {
  const counted = { ...toy, counts: toy.tokens.map((_, id) => (id === 5 ? 6 : id === 7 ? 3 : id === 14 ? 1 : 0)) };
  const seen = [0, 0, 0];
  for (const seed of times(800, (i) => i)) {
    for (const step of objective.draw(input, { ...clean, rate: 0.5 }, counted, createRng(seed)).steps) {
      if (step.kind === 'sample') seen[[5, 7, 14].indexOf(step.id)]! += 1;
    }
  }
  const total = seen.reduce((a, b) => a + b, 0);
  expect(total).toBe(800 * objective.slots({ ...clean, rate: 0.5 }, input.ids.length));
  expectChiSquare(
    seen,
    [0.6, 0.3, 0.1].map((share) => share * total),
    18.42,
  );
});

test.each([
  [128, 19, 17.69, 0.76],
  [64, 9, 8.43, 0.46],
  [32, 4, 3.8, 0.2],
])('as published, drawing with replacement from %i tokens: %i draws hit %f places', (n, draws, distinct, anyTwice) => {
  const text: Sequence = { ids: [2, ...times(n - 3, (i) => 5 + (i % 20)), 3, 3], segments: times(n, () => 0) };
  const options: RtdOptions = { ...clean, mode: 'reference' };
  const all = times(600, (seed) => made(options, seed, text));
  expect(all.every((one) => one.draws.steps.filter(({ kind }) => kind === 'place').length === draws)).toBe(true);
  const mean = all.reduce((sum, one) => sum + one.drawn.length, 0) / 600;
  expect(Math.abs(mean - distinct)).toBeLessThan(0.15);
  expectShare(all.filter((one) => one.drawn.length < draws).length, 600, anyTwice);
});

test('the judge that knows only the rate: H(0.15), H(0.1) and H(0.05)', () => {
  const entropy = (r: number) => -r * Math.log(r) - (1 - r) * Math.log(1 - r);
  expect([0.15, 0.1, 0.05].map(entropy)).toEqual([0.4227, 0.3251, 0.1985].map((x) => expect.closeTo(x, 4)));
});

const published: RtdOptions = { ...clean, mode: 'reference' };

test('as published, the limit is that of a full row: a short row of 19 tokens in one of 128 gets 3 places, not 2', () => {
  const short = pack({ a: times(17, (i) => 5 + i) }, toy, 'bert', 128);
  expect(short.ids).toHaveLength(19);
  const places = (of: Sequence) =>
    objective.draw(of, published, toy, createRng(1)).steps.filter(({ kind }) => kind === 'place').length;
  expect(places(short)).toBe(3);
  expect(places({ ...short, room: 19 })).toBe(2);
  expect(objective.slots(published, 128)).toBeGreaterThanOrEqual(3);
});

test('as published, a place drawn twice is hidden if one draw hides it, and bears loss twice', () => {
  const options = { ...published, rate: 0.5 };
  const all = times(400, (seed) => made(options, seed));
  let mixed = 0;
  for (const { draws, generatorIds, asked } of all) {
    const placed = draws.steps.flatMap((step) => (step.kind === 'place' ? [step.position] : []));
    expect(asked).toEqual(placed);
    for (const position of new Set(placed)) {
      const shown = draws.steps.flatMap((step) =>
        step.kind === 'shown' && step.position === position ? [step.id] : [],
      );
      const isHidden = shown.includes(toy.maskId);
      if (isHidden && shown.at(-1) !== toy.maskId) mixed += 1;
      expect(generatorIds[position]).toBe(isHidden ? toy.maskId : input.ids[position]);
    }
  }
  expect(mixed).toBeGreaterThan(20);
  // As described no place is drawn twice, and each with a label is asked once.
  expect(made(clean, 1).asked).toBeUndefined();
});

test('as published, a generator that knows nothing puts in any token, special ones too; as described none of those', () => {
  const put = (options: RtdOptions) =>
    times(3000, (seed) => objective.draw(input, options, toy, createRng(seed))).flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'sample' ? [step.id] : [])),
    );
  const any = put({ ...published, substitutes: 'uniform' });
  expectShare(any.filter((id) => toy.isSpecial(id)).length, any.length, 5 / 32);
  expect(put({ ...clean, substitutes: 'uniform' }).some((id) => toy.isSpecial(id))).toBe(false);
});
