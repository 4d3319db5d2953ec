import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { type MlmOptions, objective } from '../../src/objectives/mlm/index.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { expectChiSquare, expectShare, times } from '../support/statistics.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

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

test('a random replacement: any token of all as in BERT’s code, [MASK] but no other special one as in RoBERTa’s', () => {
  const input = sequenceOf(60);
  const put = (options: MlmOptions) =>
    times(800, (seed) => make(input, { ...options, rate: 0.5, maskShare: 0, randomShare: 1 }, seed)).flatMap(
      ({ draws }) => draws.steps.flatMap((step) => (step.kind === 'token' ? [step.id] : [])),
    );
  const share = (all: readonly number[], id: number, of: number) =>
    expectShare(all.filter((one) => one === id).length, all.length, 1 / of);
  const bert = put(reference);
  for (const id of [toy.padId, toy.classifyId, toy.maskId]) share(bert, id, 32);
  const robertas = put(roberta);
  share(robertas, toy.maskId, 28);
  expect(robertas.filter((id) => id !== toy.maskId && toy.isSpecial(id))).toEqual([]);
  expect(put(clean).some((id) => toy.isSpecial(id))).toBe(false);
});
