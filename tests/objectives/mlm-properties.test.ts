import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { collate } from '../../src/objectives/batch.ts';
import { type MlmOptions, objective } from '../../src/objectives/mlm/index.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { expectChiSquare, expectShare, nll, times } from '../support/statistics.ts';
import { ids, toy, words } from '../support/toy-vocabulary.ts';

const clean = objective.defaults;
const reference: MlmOptions = { ...clean, mode: 'reference' };
const roberta: MlmOptions = { ...reference, count: 'rounded' };
const ordinary = 'the a cat dog sat ran on mat rug . new york is city big red sun rose it was hot'.split(' ');

/** [CLS], then as many words as make `n` tokens with the final [SEP]. */
function sequenceOf(n: number, seed = 1): Sequence {
  const rng = createRng(`text ${seed}`);
  const inner = times(n - 2, () => ordinary[rng.int(ordinary.length)]!);
  const all = ids(['[CLS]', ...inner, '[SEP]'].join(' '));
  return { ids: all, segments: all.map(() => 0) };
}

const make = (input: Sequence, options: MlmOptions, seed: number) => {
  const draws = objective.draw(input, options, toy, createRng(seed));
  return { draws, ...objective.apply(input, draws) };
};
const asked = (labels: readonly number[]) => labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));

test('labels are the originals where a place was chosen, and unchosen places are not touched', () => {
  const input = sequenceOf(40);
  for (const seed of times(50, (i) => i)) {
    const { inputIds, labels, draws } = make(input, reference, seed);
    const chosen = draws.steps.filter((step) => step.kind === 'outcome').map(({ about }) => about);
    expect(asked(labels)).toEqual(chosen.toSorted((a, b) => a - b));
    expect(labels.every((label, i) => label === IGNORE || label === input.ids[i])).toBe(true);
    expect(inputIds.every((id, i) => labels[i] !== IGNORE || id === input.ids[i])).toBe(true);
  }
});

test.each([
  [3, 1],
  [8, 1],
  [20, 3],
  [30, 4],
  [50, 8],
  [110, 16],
  [128, 19],
])('of %i tokens exactly %i are chosen', (n, count) => {
  for (const mode of ['clean', 'reference'] as const) {
    expect(asked(make(sequenceOf(n), { ...clean, mode }, 3).labels).length).toBe(count);
  }
});

test('the cap is kept: 20 of 512 tokens are 3.9 %', () => {
  expect(asked(make(sequenceOf(512), { ...reference, cap: 20 }, 1).labels).length).toBe(20);
  expect(objective.slots({ ...reference, cap: 20 }, 512)).toBe(20);
});

test('no special token is chosen, but in RoBERTa as published it may be', () => {
  const input = sequenceOf(12);
  const frames = (options: MlmOptions) =>
    times(300, (seed) => asked(make(input, options, seed).labels)).filter((at) => at.includes(0) || at.includes(11))
      .length;
  expect(frames(clean)).toBe(0);
  expect(frames(reference)).toBe(0);
  expect(frames({ ...roberta, mode: 'clean' })).toBe(0);
  expect(frames(roberta)).toBeGreaterThan(40);
});

test.each([
  [12, 1, 0.8],
  [16, 2, 0.4],
  [32, 4, 0.8],
  [64, 9, 0.6],
  [128, 19, 0.2],
])('RoBERTa rounds 0.15 · %i to %i or one more, one more with %f', (n, below, share) => {
  const input = sequenceOf(n);
  const counts = times(2000, (seed) => asked(make(input, roberta, seed).labels).length);
  expect(new Set(counts)).toEqual(new Set([below, below + 1]));
  expectShare(counts.filter((count) => count === below + 1).length, 2000, share);
});

test('a whole number is not rounded: RoBERTa chooses 3 of 20', () => {
  expect(new Set(times(200, (seed) => asked(make(sequenceOf(20), roberta, seed).labels).length))).toEqual(new Set([3]));
});

test.each([
  ['reference', 0.1 + 0.1 / 32, 0.1 * (1 - 1 / 32)],
  ['clean', 0.1, 0.1],
] as const)('80 % are shown as [MASK], in %s mode %f as they are and %f as another token', (mode, kept, changed) => {
  const input = sequenceOf(128);
  const shown = { mask: 0, kept: 0, changed: 0, all: 0 };
  for (const seed of times(1000, (i) => i)) {
    const { inputIds, labels } = make(input, { ...clean, mode }, seed);
    for (const i of asked(labels)) {
      shown.all += 1;
      if (inputIds[i] === toy.maskId) shown.mask += 1;
      else if (inputIds[i] === input.ids[i]) shown.kept += 1;
      else shown.changed += 1;
    }
  }
  expect(shown.all).toBe(19_000);
  // [MASK] itself is one of the 32 tokens that the published code may put in.
  expectShare(shown.mask, shown.all, mode === 'reference' ? 0.8 + 0.1 / 32 : 0.8);
  expectShare(shown.kept, shown.all, kept);
  expectShare(shown.changed, shown.all, mode === 'reference' ? changed - 0.1 / 32 : changed);
  expectShare(shown.mask, 128_000, 0.11875);
});

test('a replacement in clean mode is an ordinary token and never the original', () => {
  const input = sequenceOf(64);
  const replaced = times(400, (seed) => make(input, { ...clean, maskShare: 0, randomShare: 1 }, seed)).flatMap(
    ({ inputIds, labels }) => asked(labels).map((i) => [inputIds[i]!, input.ids[i]!] as const),
  );
  expect(replaced.length).toBe(4000);
  expect(replaced.some(([shown, original]) => shown === original || toy.isSpecial(shown))).toBe(false);
});

test.each(['clean', 'reference'] as const)('in %s mode every candidate is chosen equally often', (mode) => {
  const input = sequenceOf(21);
  const hits = new Array<number>(21).fill(0);
  for (const seed of times(3600, (i) => i))
    for (const i of asked(make(input, { ...clean, mode }, seed).labels)) hits[i]! += 1;
  expect([hits[0], hits[20]]).toEqual([0, 0]);
  // 19 places with 18 degrees of freedom: somewhat above the limit of 47.57 for 17.
  expectChiSquare(hits.slice(1, 20), new Array<number>(19).fill((3600 * 3) / 19), 49.2);
});

const pieces: Sequence = (() => {
  const all = ids('[CLS] the cat play ##ing on the rug . un ##seen dog ##s ran [SEP]');
  return { ids: all, segments: all.map(() => 0) };
})();
const wordOf = [[1], [2], [3, 4], [5], [6], [7], [8], [9, 10], [11, 12], [13]];

test.each(['clean', 'reference'] as const)(
  'whole words in %s mode: unions of words, no more than wanted, none that fits left out',
  (mode) => {
    for (const seed of times(300, (i) => i)) {
      const chosen = asked(make(pieces, { ...clean, mode, wholeWords: true, rate: 0.35 }, seed).labels);
      const taken = wordOf.filter((word) => chosen.includes(word[0]!));
      expect(taken.flat()).toEqual(chosen);
      const left = 5 - chosen.length;
      expect(left).toBeGreaterThanOrEqual(0);
      expect(wordOf.some((word) => !chosen.includes(word[0]!) && word.length <= left)).toBe(false);
    }
  },
);

test.each([
  ['in BERT the pieces of a word are shown independently', reference, 0.64],
  ['in RoBERTa they share one fate', roberta, 0.8],
] as const)('%s', (_, options, share) => {
  let both = 0;
  let of = 0;
  for (const seed of times(4000, (i) => i)) {
    const { inputIds, labels } = make(pieces, { ...options, wholeWords: true, rate: 0.3, randomShare: 0 }, seed);
    for (const [i, j] of wordOf.filter(({ length }) => length === 2)) {
      if (labels[i!] === IGNORE) continue;
      of += 1;
      both += Number(inputIds[i!] === toy.maskId && inputIds[j!] === toy.maskId);
    }
  }
  expect(of).toBeGreaterThan(2000);
  expectShare(both, of, share);
});

test('a piece at the start of a segment is a word of its own; as published it joins the last word before', () => {
  const all = ids('[CLS] the dog [SEP] ##s ran [SEP]');
  const input = { ids: all, segments: [0, 0, 0, 0, 1, 1, 1] };
  const together = (mode: 'clean' | 'reference') =>
    times(200, (seed) => {
      const { labels } = make(input, { ...clean, mode, wholeWords: true, rate: 0.3 }, seed);
      return (labels[2] === IGNORE) === (labels[4] === IGNORE);
    }).every(Boolean);
  expect(together('reference')).toBe(true);
  expect(together('clean')).toBe(false);
});

test('a coin a token: 15 % of the ordinary tokens, at times none', () => {
  const input = sequenceOf(12);
  const counts = times(3000, (seed) => asked(make(input, { ...clean, count: 'independent' }, seed).labels).length);
  expectShare(
    counts.reduce((a, b) => a + b, 0),
    30_000,
    0.15,
  );
  expectShare(counts.filter((count) => count === 0).length, 3000, 0.85 ** 10);
});

test('content words are asked for at their own rate', () => {
  const all = ids('[CLS] the cat sat on the mat . the dog ran on the rug . the sun rose . it was hot . [SEP]');
  const input = { ids: all, segments: all.map(() => 0) };
  const isContent = all.map((id) => toy.isContent(id));
  expect(isContent.filter(Boolean).length).toBe(9);
  let content = 0;
  let others = 0;
  for (const seed of times(2000, (i) => i)) {
    const at = asked(make(input, { ...clean, count: 'content' }, seed).labels);
    content += at.filter((i) => isContent[i]).length;
    others += at.filter((i) => !isContent[i]).length;
  }
  expectShare(content, 9 * 2000, 0.35);
  expectShare(others, 14 * 2000, 0.05);
});

test('a stored mask returns, and there are as many as copies were made', () => {
  const input = sequenceOf(64);
  const masks = (copies: number) =>
    new Set(times(200, (seed) => JSON.stringify(asked(make(input, { ...clean, copies }, seed).labels)))).size;
  expect(masks(1)).toBe(1);
  expect(masks(10)).toBe(10);
  expect(masks(0)).toBe(200);
});

test('drawing the number of the copy anew gives another stored mask, drawing a place anew leaves the others', () => {
  const input = sequenceOf(64);
  const options = { ...clean, copies: 10 };
  const masks = new Set(times(100, (seed) => JSON.stringify(make(input, options, seed).labels)));
  const { draws, labels } = make(input, options, 1);
  const copies = times(40, (seed) => objective.redraw(input, draws, 0, options, toy, createRng(`copy ${seed}`)));
  const others = new Set(copies.map((one) => JSON.stringify(objective.apply(input, one).labels)));
  expect(others.size).toBeGreaterThan(5);
  expect([...others].every((mask) => masks.has(mask))).toBe(true);
  const at = draws.steps.findIndex(({ kind, about }) => kind === 'unit' && about === 1);
  const changed = objective.apply(input, objective.redraw(input, draws, at, options, toy, createRng('place')));
  expect(asked(changed.labels).filter((i) => asked(labels).includes(i)).length).toBe(9);
});

test('another sequence gets another stored mask', () => {
  const mask = (seed: number) => asked(make(sequenceOf(64, seed), { ...clean, copies: 1 }, 1).labels);
  expect(mask(1)).not.toEqual(mask(2));
});

test.each([
  [1, 0.15],
  [10, 0.8031],
])('after 40 readings with %i stored masks a token was asked for with %f', (copies, share) => {
  const texts = times(60, (i) => sequenceOf(100, i));
  let ever = 0;
  for (const input of texts) {
    const seen = new Set(
      times(40, (epoch) => asked(make(input, { ...clean, count: 'rounded', copies }, epoch).labels)).flat(),
    );
    ever += seen.size;
  }
  // 15 of 98 words: the rate counts the two special tokens. All ten masks come up in forty readings but for 1.5 %.
  const rate = 15 / 98;
  const expected = copies === 1 ? rate : 1 - (1 - rate) ** 10;
  expect(Math.abs(ever / (60 * 98) - expected)).toBeLessThan(0.02);
  expect(Math.abs(share - expected)).toBeLessThan(0.012);
});

test('drawing one outcome anew changes nothing else', () => {
  const input = sequenceOf(30);
  const { draws } = make(input, clean, 5);
  const at = draws.steps.findIndex(({ kind }) => kind === 'outcome');
  const others = new Set<string>();
  for (const seed of times(60, (i) => i)) {
    const again = objective.redraw(input, draws, at, clean, toy, createRng(`again ${seed}`));
    const place = draws.steps[at]!.about;
    const rest = (steps: typeof draws.steps) =>
      steps.filter(({ kind, about }) => !(about === place && (kind === 'outcome' || kind === 'token')));
    expect(rest(again.steps)).toEqual(rest(draws.steps));
    others.add(JSON.stringify(again.steps.filter(({ about, kind }) => about === place && kind === 'outcome')));
  }
  expect(others.size).toBe(3);
});

test('drawing one place anew keeps all other places and what is shown there', () => {
  const input = sequenceOf(40);
  const { draws, labels } = make(input, clean, 5);
  const at = draws.steps.findIndex(({ kind, about }) => kind === 'unit' && about === 2);
  const gone = (draws.steps[at] as { positions: readonly number[] }).positions[0]!;
  const again = objective.apply(input, objective.redraw(input, draws, at, clean, toy, createRng('x')));
  const before = asked(labels).filter((i) => i !== gone);
  const after = asked(again.labels);
  expect(after.length).toBe(6);
  expect(before.every((i) => after.includes(i))).toBe(true);
  const first = objective.apply(input, draws).inputIds;
  expect(before.map((i) => again.inputIds[i])).toEqual(before.map((i) => first[i]));
});

test('worked example 1-F: the loss is the mean over the predictions, whatever empty slots there are', () => {
  const logits = [
    [2.0, 0.5, -1.0, 0.0, 0.3],
    [0.1, 0.2, 0.3, 0.4, 0.5],
    [-0.5, 1.5, 0.0, 0.0, 0.0],
  ];
  const losses = [0, 4, 2].map((label, row) => nll(logits[row]!, label));
  expect(losses).toEqual([0.464323, 1.419416, 2.090409].map((x) => expect.closeTo(x, 6)));
  const sum = losses.reduce((a, b) => a + b, 0);
  expect(sum / 3).toBeCloseTo(1.324716, 6);
  expect(sum / (3 + 1e-5)).toBeCloseTo(1.324711, 6);
});

/** Σ w·nll / Σ w over the slots of a batch; logits by place. */
function loss(arrays: ReturnType<typeof collate>, logits: (place: number) => readonly number[]): number {
  let sum = 0;
  let weights = 0;
  arrays.positions.forEach((place, slot) => {
    sum += arrays.weights[slot]! * nll(logits(place), arrays.labels[slot]!);
    weights += arrays.weights[slot]!;
  });
  return sum / Math.max(weights, 1e-9);
}

const batchOf = (slots: number, length = 40) =>
  collate(
    times(4, (seed) => make(sequenceOf(40, seed), clean, seed)),
    { length, slots, padId: 0 },
  );
const logitsAt = (length: number) => (place: number) => {
  const token = (place % length) + 40 * Math.floor(place / length);
  return times(32, (id) => Math.sin(token * 31 + id * 7));
};

test('logits at places that are not asked for do not matter', () => {
  const arrays = batchOf(6);
  const places = new Set(arrays.positions);
  const changed = (place: number) => (places.has(place) ? logitsAt(40)(place) : times(32, () => 99));
  expect(loss(arrays, changed)).toBe(loss(arrays, logitsAt(40)));
});

test('more empty slots and more padding leave the loss as it is', () => {
  const plain = loss(batchOf(6), logitsAt(40));
  expect(loss(batchOf(11), logitsAt(40))).toBeCloseTo(plain, 12);
  expect(loss(batchOf(6, 45), logitsAt(45))).toBeCloseTo(plain, 12);
});

test('nothing asked for costs nothing', () => {
  const input = sequenceOf(12);
  const empty = make(input, { ...clean, count: 'independent', rate: 0 }, 1);
  const arrays = collate([empty], { length: 12, slots: 2, padId: 0 });
  expect([...arrays.weights]).toEqual([0, 0]);
  expect(loss(arrays, logitsAt(12))).toBe(0);
});

test('renaming the tokens renames the example and nothing else', () => {
  const rename = (id: number) => (id < 5 ? id : 5 + ((id - 5 + 11) % 27));
  const tokens = toy.tokens.map((_, id) => toy.tokens[times(32, (i) => i).find((old) => rename(old) === id)!]!);
  const other = { ...toy, tokens, isContent: () => true, continues: () => false };
  const input = sequenceOf(40);
  const options: MlmOptions = { ...clean, randomShare: 0 };
  const renamed = { ...input, ids: input.ids.map(rename) };
  const there = objective.apply(renamed, objective.draw(renamed, options, other, createRng(4)));
  const here = make(input, options, 4);
  expect(words(there.inputIds, other)).toBe(words(here.inputIds));
  expect(there.labels).toEqual(here.labels.map((id) => (id === IGNORE ? id : rename(id))));
});
