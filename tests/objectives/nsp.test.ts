import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { pack } from '../../src/objectives/make.ts';
import { objective as mlm } from '../../src/objectives/mlm/index.ts';
import { objective } from '../../src/objectives/nsp/index.ts';
import { createInstances } from '../../src/objectives/pairs/instances.ts';
import type { PairStep } from '../../src/objectives/pairs/steps.ts';
import { applyPair } from '../../src/objectives/pairs/steps.ts';
import { trim } from '../../src/objectives/pairs/trim.ts';
import { objective as sop } from '../../src/objectives/sop/index.ts';
import { createTape } from '../../src/objectives/tape.ts';
import { int, perm, scripted, u } from '../support/scripted.ts';
import { expectShare, times } from '../support/statistics.ts';
import { document, stories } from '../support/stories.ts';
import { ids, toy, words } from '../support/toy-vocabulary.ts';

const published = { maxLength: 16, shortRate: 0.1, other: 'random' } as const;

test('worked example 2-A: two pairs of a document of four sentences, the first with a random second part', () => {
  const rng = scripted([
    ...u(0.5),
    int(1, 3, 2),
    ...u(0.2),
    int(0, 2, 0),
    int(0, 2, 2),
    int(0, 1, 0),
    perm(13),
    ...u(0.1),
    int(1, 1, 1),
    ...u(0.7),
    perm(8),
    ...u(0.1),
  ]);
  const rows: unknown[] = [];
  for (const draws of createInstances(stories, 0, published, rng)) {
    const sequence = pack(applyPair(stories, draws), toy);
    const oneMask = { ...mlm.defaults, mode: 'reference', cap: 1 } as const;
    const { inputIds, segments } = mlm.apply(sequence, mlm.draw(sequence, oneMask, toy, rng));
    rows.push([words(inputIds), segments.join(''), sequence.pairLabel]);
  }
  expect(rows).toEqual([
    ['[CLS] [MASK] cat sat . it was big . [SEP] new york is big . [SEP]', '0000000000111111', 1],
    ['[CLS] [MASK] cat ran . [SEP] it ran far . [SEP]', '00000011111', 0],
  ]);
  expect(rng.left()).toBe(0);
});

test('worked example 2-B: the longer part loses a token by a coin, the second one on a tie', () => {
  const tape = createTape<Parameters<typeof trim>[0]['steps'][number]>([]);
  const rng = scripted(u(0.3, 0.8, 0.6, 0.1));
  expect(trim(tape, rng, [7, 5], 8)).toEqual([4, 4]);
  const cuts = tape.steps.map((step) => step.kind === 'trim' && `${step.run === 0 ? 'A' : 'B'} ${step.end}`);
  expect(cuts).toEqual(['A front', 'A back', 'B back', 'A front']);
});

test('worked example 2-C: a chunk of one sentence draws no coin and gets one random sentence', () => {
  const long = document(times(20, () => 'cat').join(' '));
  const both = [long, stories[1]!];
  const rng = scripted([...u(0.5), int(0, 1, 1), int(0, 2, 2), ...times(12, () => u(0.6)[0]!)]);
  const [draws, ...more] = [...createInstances(both, 0, published, rng)];
  expect(more).toEqual([]);
  expect(rng.left()).toBe(0);
  const { a, b, pairLabel } = applyPair(both, draws!);
  expect(pairLabel).toBe(1);
  expect(words(b!)).toBe('the city was red .');
  expect(a.length).toBe(8);
});

test('a short length may be drawn, once for a whole document', () => {
  const rng = scripted([...u(0.05), int(2, 13, 4), ...u(0.9, 0.9, 0.9)]);
  const same = [document('the cat sat .', 'it was big .'), stories[1]!];
  expect(() => [...createInstances(same, 0, published, rng)]).toThrow('int was asked for');
  const one = scripted([...u(0.05), int(2, 13, 4), int(0, 1, 1), int(0, 2, 0), int(0, 1, 1), int(0, 2, 0)]);
  expect([...createInstances(same, 0, published, one)].map((draws) => words(applyPair(same, draws).a))).toEqual([
    'the cat sat .',
    'it was big .',
  ]);
});

test('sentences that are put back are used again: the parts of a document give it back, each sentence once', () => {
  const rng = createRng('coverage');
  for (const index of times(300, (i) => i % 3)) {
    const parts = [...createInstances(stories, index, { ...published, maxLength: 64 }, rng)].flatMap((draws) => {
      const { a, b, pairLabel } = applyPair(stories, draws);
      return pairLabel === 0 ? [...a, ...b!] : a;
    });
    expect(parts).toEqual(stories[index]!.sentences.flat());
  }
});

const clean = { ...objective.defaults, maxLength: 24 };
const passage = (seed: number, options = clean, documents = stories) =>
  objective.apply(documents, objective.draw(documents, options, toy, createRng(seed)));

test('a packed pair is never too long, both parts hold text, and the segment changes behind the first separator', () => {
  for (const seed of times(400, (i) => i)) {
    for (const mode of ['clean', 'reference'] as const) {
      const { a, b, pairLabel } = passage(seed, { ...clean, mode, maxLength: 14 });
      const { ids: packed, segments } = pack({ a, b: b!, pairLabel: pairLabel! }, toy);
      expect(packed.length).toBeLessThanOrEqual(14);
      expect(Math.min(a.length, b!.length)).toBeGreaterThan(0);
      expect(packed.filter((id) => id === toy.classifyId).length).toBe(1);
      expect(packed.filter((id) => id === toy.separateId).length).toBe(2);
      expect(segments.indexOf(1)).toBe(packed.indexOf(toy.separateId) + 1);
      expect(segments.toSorted()).toEqual(segments);
    }
  }
});

test('label 0 is a run of the document, label 1 has its second part from another document', () => {
  for (const seed of times(400, (i) => i)) {
    const { origin, pairLabel } = passage(seed);
    const [a, b] = origin!;
    if (pairLabel === 0) expect([b!.document, b!.first]).toEqual([a!.document, a!.last + 1]);
    else expect(b!.document).not.toBe(a!.document);
  }
});

/** Whether `part` is an unbroken piece of `whole`. */
const isPiece = (part: readonly number[], whole: readonly number[]) =>
  ` ${whole.join(' ')} `.includes(` ${part.join(' ')} `);

test('cut to fit, each part is still an unbroken piece of one document, and label 0 goes on behind the first', () => {
  let cuts = 0;
  for (const seed of times(600, (i) => i)) {
    const { a, b, origin, pairLabel } = passage(seed, { ...clean, mode: 'reference', maxLength: 14 });
    const sentences = (k: 0 | 1) => {
      const { document: index, first, last } = origin![k]!;
      return stories[index]!.sentences.slice(first, last + 1).flat();
    };
    expect(isPiece(a, sentences(0)) && isPiece(b!, sentences(1))).toBe(true);
    if (pairLabel === 0) expect(origin![1]!.first).toBe(origin![0]!.last + 1);
    if (a.length + b!.length < sentences(0).length + sentences(1).length) cuts += 1;
  }
  expect(cuts).toBeGreaterThan(100);
});

/** Nine documents of three words each, which stand in no other. */
const topics = times(9, (d) =>
  document(...times(6, (s) => times(4, (w) => toy.tokens[5 + 3 * d + ((s + w * w) % 3)]).join(' '))),
);

test('two bags of words tell whether the second part is of the same topic, but not which part came first', () => {
  const isShared = ({ a, b }: { readonly a: readonly number[]; readonly b?: readonly number[] }) =>
    a.some((id) => b!.includes(id));
  const options = { ...clean, maxLength: 30 };
  const pairs = times(1000, (seed) => passage(seed, options, topics));
  expect(pairs.every((pair) => isShared(pair) === (pair.pairLabel === 0))).toBe(true);
  const ordered = times(1000, (seed) =>
    sop.apply(topics, sop.draw(topics, { ...sop.defaults, maxLength: 30 }, toy, createRng(seed))),
  );
  expect(ordered.every(isShared)).toBe(true);
  expectShare(ordered.filter(({ pairLabel }) => pairLabel === 0).length, 1000, 0.5);
});

test('as published, ten tries leave another document out with 1 in 3 to the tenth', () => {
  const pairs = times(1500, (seed) => passage(seed, { ...clean, mode: 'reference' })).filter((p) => p.pairLabel === 1);
  expect(pairs.filter(({ origin }) => origin![0]!.document === origin![1]!.document).length).toBeLessThan(3);
});

test('truncation removes as many tokens as needed and leaves the parts equal, or the shorter one whole', () => {
  const rng = createRng('trim');
  for (let i = 0; i < 300; i++) {
    const lengths = [1 + rng.int(20), 1 + rng.int(20)] as const;
    const [a, b] = trim(createTape<PairStep>([]), rng, lengths, 16);
    expect(a + b).toBe(Math.min(16, lengths[0] + lengths[1]));
    const isShorterWhole = a < b ? a === lengths[0] : b === lengths[1];
    expect(Math.abs(a - b) <= 1 || isShorterWhole).toBe(true);
  }
});

const library = times(60, (d) =>
  document(
    ...times(4 + (d % 9), (s) => times(5 + ((d + 3 * s) % 11), (w) => toy.tokens[5 + ((d + s + w) % 21)]).join(' ')),
  ),
);

test('in clean mode half of the pairs are random, and both parts hold whole sentences', () => {
  const labels = times(4000, (seed) => passage(seed, { ...clean, maxLength: 64 }, library).pairLabel!);
  expectShare(labels.filter((label) => label === 1).length, 4000, 0.5);
});

test('as published more than half are random, since chunks of one sentence always are', () => {
  const rng = createRng('published');
  const instances = (index: number) => [
    ...createInstances(library, index, { maxLength: 32, shortRate: 0.1, other: 'random' }, rng),
  ];
  // Ten passes over the text, as published.
  const all = times(10, () => library.flatMap((_, index) => instances(index))).flat();
  const coins = (draws: (typeof all)[number]) => draws.steps.find(({ kind }) => kind === 'coin');
  const fair = all.filter((draws) => coins(draws)?.chance === 0.5);
  const random = (some: typeof all) => some.filter((draws) => applyPair(library, draws).pairLabel === 1).length;
  expect(fair.length).toBeGreaterThan(1500);
  expectShare(random(fair), fair.length, 0.5);
  expect(random(all) / all.length).toBeGreaterThan(0.53);
});

test('one sentence a segment', () => {
  for (const seed of times(200, (i) => i)) {
    const { origin, pairLabel, a, b } = passage(seed, { ...clean, sentencesPerSegment: 1 });
    expect(origin!.map(({ first, last }) => last - first)).toEqual([0, 0]);
    if (pairLabel === 0) expect(origin![1]!.first).toBe(origin![0]!.first + 1);
    expect(words(a).endsWith('.') && words(b!).endsWith('.')).toBe(true);
  }
});

test('one document, or none with two sentences, is told in a sentence', () => {
  const draw = (documents: typeof stories) => () => objective.draw(documents, clean, toy, createRng(1));
  expect(draw([stories[0]!])).toThrow(
    'Next sentence prediction takes half of its second segments from another document, and this text has 1; separate documents by an empty line.',
  );
  expect(draw([document('the cat sat .'), document('it ran .')])).toThrow(
    'Next sentence prediction needs a document of at least two sentences, and this text has none; add sentences to it.',
  );
});

test('drawing the coin anew keeps the first part', () => {
  const draws = objective.draw(stories, { ...clean, maxLength: 40 }, toy, createRng(4));
  const at = draws.steps.findIndex(({ kind }) => kind === 'coin');
  const results = times(40, (seed) =>
    objective.apply(
      stories,
      objective.redraw(stories, draws, at, { ...clean, maxLength: 40 }, toy, createRng(`c ${seed}`)),
    ),
  );
  expect(new Set(results.map(({ pairLabel }) => pairLabel))).toEqual(new Set([0, 1]));
  expect(new Set(results.map(({ a }) => words(a))).size).toBe(1);
  expect(ids(words(results[0]!.a))).toEqual(objective.apply(stories, draws).a);
});
