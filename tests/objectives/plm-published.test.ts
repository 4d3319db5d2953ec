import { expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { pack } from '../../src/objectives/make.ts';
import { IGNORE, type Sequence } from '../../src/objectives/objective.ts';
import { objective, type PlmOptions } from '../../src/objectives/plm/index.ts';
import { drawRanks, sampleTokens } from '../../src/objectives/plm/reference.ts';
import { expectShare, times } from '../support/statistics.ts';
import { ids, toy } from '../support/toy-vocabulary.ts';

const xlnet = { maxSpan: 5, maskAlpha: 6, maskBeta: 1 };
const input: Sequence = pack(
  {
    a: ids('the cat sat on the mat . the dog ##s ran far . it was hot .'),
    b: ids('the city was red . it was un ##seen .'),
  },
  toy,
);
const n = input.ids.length;
const published: PlmOptions = { ...objective.defaults, mode: 'reference', order: 'spans' };
const inHalves: PlmOptions = { ...published, halves: true, share: 0.4 };
const made = (options: PlmOptions, seed: number) => {
  const draws = objective.draw(input, options, toy, createRng(seed));
  const { permMask, labels } = objective.apply(input, draws);
  return { steps: draws.steps, permMask: permMask!, labels };
};

test.each([
  [85, 43, 42],
  [10, 5, 5],
])('as published, %i predictions are split into %i and %i', (whole, first, second) => {
  const rng = createRng('halves');
  for (let i = 0; i < 50; i++) {
    const counts = [first, second].map(
      (goal) =>
        sampleTokens(
          times(256, () => true),
          goal,
          xlnet,
          rng,
        ).filter(Boolean).length,
    );
    expect(counts).toEqual([first, second]);
    expect(first + second).toBe(whole);
  }
});

test('as published, each half has its own share of the predictions, the odd one in the first', () => {
  for (const seed of times(40, (i) => i)) {
    const { steps } = made({ ...inHalves, share: 0.38 }, seed);
    const sampled = steps.flatMap((step) => ('positions' in step ? step.positions : []));
    // 11 of 30 tokens.
    expect(sampled.filter((i) => i < 15).length).toBe(6);
    expect(sampled.filter((i) => i >= 15).length).toBe(5);
  }
});

test('as published, targets are the sampled tokens that are not functional', () => {
  for (const seed of times(60, (i) => i)) {
    const { steps, labels } = made(published, seed);
    const targets = labels.flatMap((label, i) => (label === IGNORE ? [] : [i]));
    const sampled = new Set(steps.flatMap((step) => ('positions' in step ? step.positions : [])));
    expect(targets).toEqual([...sampled].filter((i) => !toy.isSpecial(input.ids[i]!)).toSorted((a, b) => a - b));
    expect(sampled.size).toBe(Math.floor(n / 6));
  }
});

test('as published, first-half rows see nothing of the second half, second-half rows all of the first', () => {
  const half = Math.floor(n / 2);
  for (const seed of times(20, (i) => i)) {
    const { permMask } = made(inHalves, seed);
    expect(permMask.slice(0, half).every((row) => row.slice(half).every((hidden) => hidden === 1))).toBe(true);
    expect(permMask.slice(half).every((row) => row.slice(0, half).every((hidden) => hidden === 0))).toBe(true);
  }
});

test('ranks: of two places of a block either comes first equally often, blocks keep their order', () => {
  const rng = createRng('ranks');
  const all = times(4000, () => drawRanks(8, 4, rng));
  expectShare(all.filter((rank) => rank[1]! < rank[3]!).length, 4000, 0.5);
  expect(all.every((rank) => Math.max(...rank.slice(0, 4)) < Math.min(...rank.slice(4)))).toBe(true);
  expect(all.every((rank) => rank.slice(0, 4).every((one, i) => rank[i + 4] === one + 4))).toBe(true);
});

test('each target sees all that comes before it in the order and nothing behind, in one stretch or in halves', () => {
  for (const options of [published, inHalves, { ...inHalves, order: 'identity' } as const]) {
    for (const seed of times(100, (i) => i)) {
      const draws = objective.draw(input, options, toy, createRng(seed));
      const { order, permMask, labels } = objective.apply(input, draws);
      expect([...order!].sort((a, b) => a - b)).toEqual(times(n, (i) => i));
      order!.forEach((place, at) => {
        if (labels[place] === IGNORE) return;
        order!.forEach((other, k) => {
          expect(permMask![place]![other]).toBe(Number(k >= at));
        });
      });
    }
  }
});
