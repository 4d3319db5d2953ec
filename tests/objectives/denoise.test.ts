import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { type DenoiseOptions, objective } from '../../src/objectives/denoise/index.ts';
import { budgetOf } from '../../src/objectives/denoise/options.ts';
import type { Sequence } from '../../src/objectives/objective.ts';
import { expectChiSquare, expectShare, times } from '../support/statistics.ts';
import { ids as idsOf, toy, vocabularyOf, words as wordsOf } from '../support/toy-vocabulary.ts';

const tokens =
  '<s> <pad> </s> <unk> . the cat sat on mat it was hot new york is a big city dog ran far sun rose <mask>'.split(' ');
const bart = vocabularyOf(tokens, { padId: 1, unknownId: 3, classifyId: 0, separateId: 2, maskId: 24 });
const sequence = (text: string, vocabulary = bart): Sequence => {
  const ids = idsOf(text, vocabulary);
  return { ids, segments: ids.map(() => 0) };
};

const nothing: DenoiseOptions = { ...objective.defaults, permuteShare: 0, infillRate: 0 };

const clean = objective.defaults;
const text = sequence(
  '[CLS] the cat sat on the mat . the dog ##s ran far . it was un ##seen . new york is a big city . [SEP]',
  toy,
);
const units = 23;
const plain = sequence('[CLS] the cat sat on the mat . it was hot [SEP]', toy);
const made = (options: DenoiseOptions, seed: number, of = text, vocabulary = toy) => {
  const draws = objective.draw(of, options, vocabulary, createRng(seed));
  return { draws, ...objective.apply(of, draws) };
};
const isSubsequence = (part: readonly number[], whole: readonly number[]) => {
  let at = 0;
  for (const id of whole) if (id === part[at]) at += 1;
  return at === part.length;
};
const mixes: readonly DenoiseOptions[] = [
  clean,
  { ...clean, permuteShare: 0.5 },
  { ...clean, maskRate: 0.2, deleteRate: 0.2, rotateRate: 1, insertRate: 0.1, randomShare: 0.3 },
  { ...clean, spans: 'sentence' },
  { ...clean, mode: 'reference', rotateRate: 0.5, insertRate: 0.1, randomShare: 0.1 },
];

test('whatever is drawn, the target is the text, and the decoder begins with its end', () => {
  for (const options of mixes) {
    for (const seed of times(60, (i) => i)) {
      const { labels, decoderInputIds, inputIds } = made(options, seed);
      expect(labels).toEqual(text.ids);
      expect(decoderInputIds![0]).toBe(toy.separateId);
      expect(decoderInputIds!.slice(1)).toEqual(text.ids.slice(0, -1));
      expect([inputIds[0], inputIds.at(-1)]).toEqual([toy.classifyId, toy.separateId]);
      // A random token may happen to be one of them.
      if (options.randomShare === 0) expect(inputIds.filter((id) => id < 4)).toEqual([toy.classifyId, toy.separateId]);
      if (options.insertRate === 0 && options.mode === 'clean')
        expect(inputIds.length).toBeLessThanOrEqual(text.ids.length);
    }
  }
});

test('masking keeps the length and touches exactly the budget of words', () => {
  for (const seed of times(100, (i) => i)) {
    const { inputIds, draws } = made({ ...nothing, maskRate: 0.3 }, seed);
    expect(inputIds.length).toBe(text.ids.length);
    expect(draws.steps.length).toBe(budgetOf(0.3, units, 'clean'));
    expect(inputIds.every((id, i) => id === text.ids[i] || id === toy.maskId)).toBe(true);
    // 3 of 10 words of one piece each.
    const { inputIds: shown } = made({ ...nothing, maskRate: 0.3 }, seed, plain);
    expect(shown.filter((id) => id === toy.maskId).length).toBe(3);
    expect(shown.filter((id, i) => id === plain.ids[i]).length).toBe(9);
  }
});

test('deletion leaves a part of the text and no mark', () => {
  for (const seed of times(100, (i) => i)) {
    const { inputIds, draws } = made({ ...nothing, deleteRate: 0.3 }, seed);
    expect(inputIds).not.toContain(toy.maskId);
    expect(isSubsequence(inputIds, text.ids)).toBe(true);
    const gone = draws.steps.flatMap((step) => (step.kind === 'delete' ? step.positions : [])).length;
    expect(inputIds.length).toBe(text.ids.length - gone);
    expect(made({ ...nothing, deleteRate: 0.3 }, seed, plain).inputIds.length).toBe(9);
  }
});

test('infilling hides exactly the budget in clean mode, one mask a span and one for each empty span that fits', () => {
  for (const seed of times(300, (i) => i)) {
    const { inputIds, draws } = made({ ...nothing, infillRate: 0.3 }, seed);
    const spans = draws.steps.flatMap((step) => (step.kind === 'span' ? [step.positions] : []));
    const inserts = draws.steps.filter(({ kind }) => kind === 'insert').length;
    expect(new Set(spans.flat()).size).toBe(spans.flat().length);
    const heads = spans.flat().filter((i) => !toy.continues(text.ids[i]!));
    expect(heads.length).toBe(budgetOf(0.3, units, 'clean'));
    expect(inputIds.filter((id) => id === toy.maskId).length).toBe(spans.length + inserts);
    expect(
      isSubsequence(
        inputIds.filter((id) => id !== toy.maskId),
        text.ids,
      ),
    ).toBe(true);
  }
});

test('as published spans run into each other and hide less than 30 %', () => {
  const long: Sequence = { ids: [2, ...times(100, (i) => 5 + (i % 20)), 3], segments: times(102, () => 0) };
  const all = times(400, (seed) => made({ ...nothing, mode: 'reference', infillRate: 0.3 }, seed, long));
  const hidden = all.map(
    ({ draws }) => new Set(draws.steps.flatMap((step) => (step.kind === 'span' ? step.positions : []))).size,
  );
  const mean = hidden.reduce((a, b) => a + b, 0) / 400 / 100;
  expect(mean).toBeGreaterThan(0.26);
  expect(mean).toBeLessThan(0.29);
  const masks = all.map(({ inputIds }) => inputIds.filter((id) => id === toy.maskId).length);
  for (const [k, { inputIds, draws }] of all.entries()) {
    const left = inputIds.filter((id) => id !== toy.maskId);
    expect(isSubsequence(left, long.ids)).toBe(true);
    expect(long.ids.length - left.length).toBeLessThanOrEqual(31);
    const spans = draws.steps.filter(({ kind }) => kind === 'span').length;
    const inserts = draws.steps.filter(({ kind }) => kind === 'insert').length;
    expect(masks[k]).toBeLessThanOrEqual(spans + inserts);
    expect(masks[k]).toBeGreaterThanOrEqual(1);
  }
  expect(masks.reduce((a, b) => a + b, 0) / 400 / 100).toBeCloseTo(0.091, 2);
});

test('kept lengths add up to the budget and the last is at least 1', () => {
  for (const seed of times(200, (i) => i)) {
    const used = made(clean, seed).draws.steps.flatMap((step) => (step.kind === 'length' ? [step.used] : []));
    expect(used.reduce((a, b) => a + b, 0)).toBe(budgetOf(0.3, units, 'clean'));
    expect(used.at(-1)).toBeGreaterThanOrEqual(1);
  }
});

test('lengths before cutting are Poisson with mean 3; an empty one has 0.0498', () => {
  const long: Sequence = { ids: [2, ...times(300, (i) => 5 + (i % 20)), 3], segments: times(302, () => 0) };
  const drawn = times(800, (seed) => made({ ...clean, permuteShare: 0 }, seed, long)).flatMap(({ draws }) =>
    // The last length is left out: it was drawn because the budget was not reached, which favours long ones.
    draws.steps.flatMap((step) => (step.kind === 'length' ? [step.length] : [])).slice(0, 12),
  );
  expect(drawn.length).toBe(9600);
  expectShare(drawn.filter((length) => length === 0).length, 9600, 0.0498);
  expect(Math.abs(drawn.reduce((a, b) => a + b, 0) / 9600 - 3)).toBeLessThan(4 * Math.sqrt(3 / 9600));
});

test('no piece of a word is left without its beginning', () => {
  for (const options of mixes.filter(({ mode, randomShare }) => mode === 'clean' && randomShare === 0)) {
    for (const seed of times(150, (i) => i)) {
      const shown = wordsOf(made({ ...options, maskRate: 0 }, seed).inputIds);
      for (const [piece, head] of [
        [' ##s ', ' dog '],
        [' ##seen ', ' un '],
      ] as const) {
        expect(shown.includes(piece)).toBe(shown.includes(head));
      }
    }
  }
});

test('shuffled sentences stay whole, and each of the six orders of three comes up equally often', () => {
  const three = sequence('[CLS] the cat sat . it was hot . a dog ran far . [SEP]', toy);
  const counts = new Map<string, number>();
  for (const seed of times(3000, (i) => i)) {
    const { inputIds } = made({ ...nothing, permuteShare: 1 }, seed, three);
    const order = wordsOf(inputIds.slice(1, -1))
      .split(' . ')
      .map((sentence) => sentence.replace(' .', ''));
    expect(order.toSorted()).toEqual(['a dog ran far', 'it was hot', 'the cat sat']);
    counts.set(order.join('|'), (counts.get(order.join('|')) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  expectChiSquare([...counts.values()], new Array<number>(6).fill(500), 25.74);
});

test('rotation turns what is between the ends, to any beginning alike', () => {
  const five = sequence('[CLS] the cat sat on mat [SEP]', toy);
  const firsts = new Map<number, number>();
  for (const seed of times(2000, (i) => i)) {
    const { inputIds } = made({ ...nothing, rotateRate: 1 }, seed, five);
    const inner = inputIds.slice(1, -1);
    const turned = [...inner.slice(inner.indexOf(5)), ...inner.slice(0, inner.indexOf(5))];
    expect(turned).toEqual(five.ids.slice(1, -1));
    firsts.set(inner[0]!, (firsts.get(inner[0]!) ?? 0) + 1);
  }
  expectChiSquare([...firsts.values()], new Array<number>(5).fill(400), 23.51);
});

test('without noise the text is copied; with all words in spans only masks are left', () => {
  expect(made(nothing, 1).inputIds).toEqual(text.ids);
  const { inputIds } = made({ ...nothing, infillRate: 1 }, 3);
  expect(new Set(inputIds.slice(1, -1))).toEqual(new Set([toy.maskId]));
});

test('one span a sentence: each sentence loses one run of 1 to 5 words', () => {
  const lengthsSeen = [0, 0, 0, 0, 0];
  for (const seed of times(800, (i) => i)) {
    const { draws } = made({ ...nothing, infillRate: 1, spans: 'sentence' }, seed);
    const spans = draws.steps.flatMap((step) => (step.kind === 'span' ? [step.positions] : []));
    const ends = text.ids.flatMap((id, i) => (id === toy.idOf('.') ? [i] : []));
    expect(spans.map(([first]) => ends.findIndex((end) => first! <= end))).toEqual([0, 1, 2, 3]);
    for (const step of draws.steps) if (step.kind === 'length' && step.about !== 2) lengthsSeen[step.used - 1]! += 1;
  }
  expectChiSquare(lengthsSeen, new Array<number>(5).fill(480), 23.51);
});

test('insertion puts in its share of tokens between the ends and takes nothing out', () => {
  for (const seed of times(50, (i) => i)) {
    const { inputIds } = made({ ...nothing, insertRate: 0.2 }, seed);
    const inserted = inputIds.filter((id) => id === toy.maskId).length;
    expect(inserted).toBe(Math.ceil(text.ids.length * 0.2));
    expect(inputIds.filter((id) => id !== toy.maskId)).toEqual(text.ids);
    expect([inputIds[0], inputIds.at(-1)]).toEqual([toy.classifyId, toy.separateId]);
  }
});

test('as published, what is put in at random may be any token but <s>, <pad> and <mask> too', () => {
  const options: DenoiseOptions = { ...nothing, mode: 'reference', maskRate: 1, randomShare: 1 };
  const row = sequence('<s> the cat sat on mat it was hot </s>', bart);
  const put = times(2500, (seed) => made(options, seed, row, bart)).flatMap(({ inputIds }) => inputIds.slice(1, -1));
  const others = bart.size - 1;
  for (const token of ['<pad>', '</s>', '<unk>', '<mask>', 'cat'])
    expectShare(put.filter((id) => id === bart.idOf(token)).length, put.length, 1 / others);
  expect(put).not.toContain(bart.classifyId);
});
