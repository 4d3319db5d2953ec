import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { pack } from '../../src/objectives/make.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { givenOrder, objective, type PlmOptions } from '../../src/objectives/plm/index.ts';
import { contentVisible, queryVisible } from '../../src/objectives/plm/mask.ts';
import { spanWeights } from '../../src/objectives/plm/spans.ts';
import { expectChiSquare, expectShare, times } from '../support/statistics.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const input: Sequence = pack(
  {
    a: ids('the cat sat on the mat . the dog ##s ran far . it was hot .'),
    b: ids('the city was red . it was un ##seen .'),
  },
  toy,
);
const n = input.ids.length;
const clean: PlmOptions = objective.defaults;
const variants: readonly PlmOptions[] = [
  clean,
  { ...clean, order: 'spans' },
  { ...clean, order: 'identity' },
  { ...clean, share: 0.5 },
  { ...clean, mode: 'reference', order: 'spans' },
  { ...clean, mode: 'reference', order: 'spans', halves: true, share: 0.4 },
];
const made = (options: PlmOptions, seed: number) => {
  const draws = objective.draw(input, options, toy, createRng(seed));
  const { permMask, labels, order } = objective.apply(input, draws);
  return {
    draws,
    permMask: permMask!,
    labels,
    order: order!,
    targets: labels.flatMap((l, i) => (l === IGNORE ? [] : [i])),
  };
};
function everywhere(check: (one: ReturnType<typeof made>, options: PlmOptions) => void) {
  for (const options of variants) for (const seed of times(40, (i) => i)) check(made(options, seed), options);
}

test('a target sees the targets before it in the order, never itself', () => {
  everywhere(({ permMask, order, targets }) => {
    expect(order.toSorted((a, b) => a - b)).toEqual(times(n, (i) => i));
    const rank = (i: number) => order.indexOf(i);
    const wrong = targets.flatMap((i) => targets.filter((j) => (permMask[i]![j] === 0) !== rank(j) < rank(i)));
    expect(wrong).toEqual([]);
  });
});

test('in the content stream every place sees itself, and a target the targets up to itself', () => {
  everywhere(({ permMask, order, targets }) => {
    const sees = contentVisible(permMask);
    expect(sees.every((row, i) => row[i] === 1)).toBe(true);
    const rank = (i: number) => order.indexOf(i);
    const wrong = targets.flatMap((i) => targets.filter((j) => (sees[i]![j] === 1) !== rank(j) <= rank(i)));
    expect(wrong).toEqual([]);
  });
});

test('what the content stream may see is transitive, so nothing leaks through depth', () => {
  everywhere(({ permMask }) => {
    const sees = contentVisible(permMask);
    const leaks = times(n, (i) => i).flatMap((i) =>
      times(n, (j) => j).filter((j) => sees[i]![j] && sees[j]!.some((seen, k) => seen && !sees[i]![k])),
    );
    expect(leaks).toEqual([]);
  });
});

/** What the query stream at each target can know after so many layers: the set of tokens that reached it. */
function reach(permMask: readonly (readonly number[])[], layers: number, target: number): Set<number> {
  const sees = contentVisible(permMask);
  let content = sees.map((_, i) => new Set([i]));
  let query = new Set<number>();
  for (let layer = 0; layer < layers; layer++) {
    const visible = permMask[target]!.flatMap((hidden, j) => (hidden === 0 ? [j] : []));
    query = new Set([...query, ...visible.flatMap((j) => [...content[j]!])]);
    content = content.map((_, i) => new Set(sees[i]!.flatMap((one, j) => (one ? [...content[j]!] : []))));
  }
  return query;
}

test('through three layers no target learns of itself or of a later one', () => {
  for (const options of variants) {
    const { permMask, targets, order } = made(options, 9);
    for (const target of targets) {
      const later = targets.filter((j) => order.indexOf(j) >= order.indexOf(target));
      const known = reach(permMask, 3, target);
      expect(later.filter((j) => known.has(j))).toEqual([]);
    }
  }
});

test('with the order of the text and every token a target the mask is that of a causal model', () => {
  const { permMask } = objective.apply({ ids: [5, 6, 7], segments: [0, 0, 0] }, givenOrder([0, 1, 2], 3, 3));
  expect(contentVisible(permMask!)).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [1, 1, 1],
  ]);
  expect(queryVisible(permMask!)).toEqual([
    [0, 0, 0],
    [1, 0, 0],
    [1, 1, 0],
  ]);
});

test('a single target is hidden from everybody, as in masked language modelling', () => {
  const { permMask } = objective.apply({ ids: [5, 6, 7], segments: [0, 0, 0] }, givenOrder([0, 2, 1], 1, 3));
  expect(permMask).toEqual([
    [0, 1, 0],
    [0, 1, 0],
    [0, 1, 0],
  ]);
});

test('context is seen by all of its half and sees no target and, as published, no separator', () => {
  everywhere(({ permMask, targets }, options) => {
    const functional = times(n, (i) => i).filter((i) => options.mode === 'reference' && toy.isSpecial(input.ids[i]!));
    const context = times(n, (i) => i).filter((i) => !targets.includes(i) && !functional.includes(i));
    const half = options.halves ? Math.floor(n / 2) : n;
    const isNear = (i: number, j: number) => i < half === j < half;
    const unseen = context.flatMap((j) => times(n, (i) => i).filter((i) => isNear(i, j) && permMask[i]![j] === 1));
    const seen = context.flatMap((i) =>
      [...targets, ...functional].filter((j) => isNear(i, j) && permMask[i]![j] === 0),
    );
    expect([unseen, seen]).toEqual([[], []]);
  });
});

test('in clean mode no row of a target is hidden altogether', () => {
  for (const options of variants.filter(({ mode }) => mode === 'clean')) {
    for (const seed of times(20, (i) => i)) {
      const { permMask, targets } = made({ ...options, share: 1 }, seed);
      expect(targets.length).toBeGreaterThan(14);
      expect(targets.every((i) => permMask[i]!.includes(0))).toBe(true);
    }
  }
});

test('in clean mode every token is equally likely to be predicted, and either of two first', () => {
  const small = pack({ a: ids('the cat sat on the mat') }, toy);
  const runs = times(3000, (seed) =>
    objective.apply(small, objective.draw(small, { ...clean, share: 0.375 }, toy, createRng(seed))),
  );
  const hits = times(6, (k) => runs.filter(({ labels }) => labels[k + 1] !== IGNORE).length);
  expectChiSquare(hits, new Array<number>(6).fill(1500), 23.51);
  const both = runs.filter(({ labels }) => labels[2] !== IGNORE && labels[5] !== IGNORE);
  expectShare(both.filter(({ order }) => order!.indexOf(2) < order!.indexOf(5)).length, both.length, 0.5);
});

test.each(['clean', 'reference'] as const)('span lengths are in proportion to 1/n in %s mode', (mode) => {
  const long: Sequence = { ids: times(400, (i) => 5 + (i % 10)), segments: times(400, () => 0) };
  const counts = [0, 0, 0, 0, 0];
  for (const seed of times(120, (i) => i)) {
    const { steps } = objective.draw(long, { ...clean, mode, order: 'spans', share: 0.3 }, toy, createRng(seed));
    for (const step of steps) if (step.kind === 'span') counts[step.size - 1]! += 1;
  }
  const total = counts.reduce((a, b) => a + b, 0);
  expect(total).toBeGreaterThan(2500);
  const weights = [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5];
  expect(spanWeights(5)).toEqual(weights);
  expectChiSquare(
    counts,
    weights.map((weight) => (weight / (137 / 60)) * total),
    23.51,
  );
});

test('the share is kept: 85 of 512, and rounded in clean mode', () => {
  expect(objective.slots({ ...clean, mode: 'reference' }, 512)).toBe(85);
  expect(objective.slots(clean, 64)).toBe(11);
  expect(objective.slots({ ...clean, order: 'identity' }, 64)).toBe(64);
  for (const options of variants.slice(0, 2)) expect(made(options, 1).targets.length).toBe(objective.slots(options, n));
});

test('an order that is no permutation is refused', () => {
  expect(() => givenOrder([0, 1, 1], 1, 3)).toThrow(
    'The order 0 1 1 is no permutation: it must name each place from 0 to 2 exactly once.',
  );
  expect(() => givenOrder([0, 1], 1, 3)).toThrow('is no permutation');
  expect(() => givenOrder([0, 1, 3], 1, 3)).toThrow('is no permutation');
  expect(givenOrder([2, 0, 1], 1, 3).steps.map((step) => step.kind === 'next' && step.predicted)).toEqual([
    false,
    false,
    true,
  ]);
});

test('drawing one place of the order anew lets it change places with another', () => {
  const { draws } = made({ ...clean, share: 0.3 }, 2);
  const at = draws.steps.length - 4;
  const again = objective.redraw(input, draws, at, { ...clean, share: 0.3 }, toy, createRng('x'));
  const order = (steps: typeof draws.steps) => steps.flatMap((step) => (step.kind === 'next' ? [step.position] : []));
  const moved = order(again.steps).filter((position, k) => position !== order(draws.steps)[k]);
  expect(moved.length).toBeLessThanOrEqual(2);
  expect(order(again.steps).toSorted()).toEqual(order(draws.steps).toSorted());
});
