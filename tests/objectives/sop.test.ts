import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { pack } from '../../src/objectives/make.ts';
import { objective as mlm } from '../../src/objectives/mlm/index.ts';
import { createInstances } from '../../src/objectives/pairs/instances.ts';
import { applyPair } from '../../src/objectives/pairs/steps.ts';
import { objective } from '../../src/objectives/sop/index.ts';
import { int, perm, scripted, u } from '../support/scripted.ts';
import { expectShare, times } from '../support/statistics.ts';
import { document, stories } from '../support/stories.ts';
import { toy, words } from '../support/toy-vocabulary.ts';

test.each([
  ['5-A, swapped', 0.3, '[CLS] [MASK] cat ran . it ran far . [SEP] the cat sat . it was big . [SEP]', 1],
  ['5-B, kept', 0.9, '[CLS] [MASK] cat sat . it was big . [SEP] the cat ran . it ran far . [SEP]', 0],
])('worked example %s', (_, coin, tokens, label) => {
  const rng = scripted([...u(0.5), int(1, 3, 2), ...u(coin), perm(16), ...u(0.1)]);
  const options = { maxLength: 20, shortRate: 0.1, other: 'swapped' } as const;
  const rows: unknown[] = [];
  for (const draws of createInstances(stories, 0, options, rng)) {
    const sequence = pack(applyPair(stories, draws), toy);
    const oneMask = { ...mlm.defaults, mode: 'reference', cap: 1 } as const;
    const made = mlm.apply(sequence, mlm.draw(sequence, oneMask, toy, rng));
    rows.push([words(made.inputIds), made.segments.join(''), sequence.pairLabel]);
  }
  expect(rows).toEqual([[tokens, '0000000000111111111', label]]);
  expect(rng.left()).toBe(0);
});

const options = { ...objective.defaults, maxLength: 40 };
const draw = (seed: number, changed: object = {}) =>
  objective.draw(stories, { ...options, ...changed }, toy, createRng(seed));

test('the swapped pair is the other one with its parts exchanged, and holds the same tokens', () => {
  for (const seed of times(200, (i) => i)) {
    const { steps } = draw(seed);
    const as = (coin: 'next' | 'swapped') =>
      objective.apply(stories, { steps: steps.map((step) => (step.kind === 'coin' ? { ...step, coin } : step)) });
    const [kept, swapped] = [as('next'), as('swapped')];
    expect([kept.pairLabel, swapped.pairLabel]).toEqual([0, 1]);
    expect([swapped.a, swapped.b]).toEqual([kept.b, kept.a]);
    const counted = ({ a, b }: typeof kept) => [...a, ...b!].toSorted((x, y) => x - y);
    expect(counted(swapped)).toEqual(counted(kept));
  }
});

test('half of the pairs are swapped, and both parts are of one document', () => {
  const all = times(4000, (seed) => objective.apply(stories, draw(seed)));
  expectShare(all.filter(({ pairLabel }) => pairLabel === 1).length, 4000, 0.5);
  expect(all.every(({ origin }) => origin![0]!.document === origin![1]!.document)).toBe(true);
});

test('a judge that does not see the order is right half of the time', () => {
  const all = times(4000, (seed) => objective.apply(stories, draw(seed)));
  const bag = ({ a, b }: (typeof all)[number]) => [...a, ...b!].toSorted((x, y) => x - y).join(' ');
  const verdicts = new Map<string, number>();
  for (const one of all) verdicts.set(bag(one), (verdicts.get(bag(one)) ?? 0) + (one.pairLabel === 1 ? 1 : -1));
  const right = all.filter((one) => (verdicts.get(bag(one))! > 0 ? 1 : 0) === one.pairLabel).length;
  // The judge was fitted to these very pairs, which helps it a little.
  expect(right / 4000).toBeLessThan(0.54);
});

test('as published a chunk of one sentence gets a second part from elsewhere, and counts as swapped', () => {
  const single = [document(times(20, () => 'cat').join(' ')), stories[1]!];
  const pairs = times(100, (seed) =>
    objective.apply(
      single,
      objective.draw(single, { ...options, mode: 'reference', maxLength: 16 }, toy, createRng(seed)),
    ),
  );
  const ofFirst = pairs.filter(({ origin }) => origin![0]!.document === 0);
  expect(ofFirst.length).toBeGreaterThan(20);
  expect(ofFirst.every(({ pairLabel, origin }) => pairLabel === 1 && origin![1]!.document === 1)).toBe(true);
});

test('one document will do, but it needs two sentences', () => {
  expect(objective.draw([stories[0]!], options, toy, createRng(1)).steps.length).toBeGreaterThan(2);
  expect(() => objective.draw([document('the cat sat .')], options, toy, createRng(1))).toThrow(
    'Sentence order prediction needs a document of at least two sentences, and this text has none; add sentences to it.',
  );
});
