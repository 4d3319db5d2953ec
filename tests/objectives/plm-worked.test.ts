import { expect, test } from 'vitest';
import { contentVisible, joinMasks, localMask, queryVisible, targetMapping } from '../../src/objectives/plm/mask.ts';
import { sampleTokens } from '../../src/objectives/plm/reference.ts';
import { int, pick, scripted } from '../support/scripted.ts';
import { times } from '../support/statistics.ts';

/** A table of the document: one row a line, blanks between digits. */
const table = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' ').map(Number));
const flags = (n: number, ...on: readonly number[]) => times(n, (i) => on.includes(i));

test('worked example 3-A: the order 3, 2, 4, 1 with all four tokens predicted', () => {
  const { permMask } = localMask({ index: [3, 1, 0, 2], sampled: flags(4, 0, 1, 2, 3), functional: flags(4) });
  expect(contentVisible(permMask)).toEqual(
    table(`1 1 1 1
           0 1 1 0
           0 0 1 0
           0 1 1 1`),
  );
  expect(queryVisible(permMask)).toEqual(
    table(`0 1 1 1
           0 0 1 0
           0 0 0 0
           0 1 1 0`),
  );
});

const exampleB = {
  index: [7, 0, 9, 4, 11, 2, 5, 1, 8, 3, 10, 6],
  sampled: flags(12, 2, 3, 6, 8),
  functional: flags(12, 6, 10, 11),
};

test('worked example 3-B: the permutation mask, with separators and classifier', () => {
  const { permMask, isTarget } = localMask(exampleB);
  expect(isTarget).toEqual(flags(12, 2, 3, 8));
  expect(permMask).toEqual(
    table(`0 0 1 1 0 0 1 0 1 0 1 1
           0 0 1 1 0 0 1 0 1 0 1 1
           0 0 1 0 0 0 0 0 0 0 1 0
           0 0 1 1 0 0 1 0 1 0 1 1
           0 0 1 1 0 0 1 0 1 0 1 1
           0 0 1 1 0 0 1 0 1 0 1 1
           0 0 1 0 0 0 0 0 1 0 1 1
           0 0 1 1 0 0 1 0 1 0 1 1
           0 0 1 0 0 0 0 0 1 0 1 0
           0 0 1 1 0 0 1 0 1 0 1 1
           0 0 0 0 0 0 0 0 0 0 0 0
           0 0 1 0 0 0 0 0 1 0 1 0`),
  );
  expect(contentVisible(permMask)).toEqual(
    table(`1 1 0 0 1 1 0 1 0 1 0 0
           1 1 0 0 1 1 0 1 0 1 0 0
           1 1 1 1 1 1 1 1 1 1 0 1
           1 1 0 1 1 1 0 1 0 1 0 0
           1 1 0 0 1 1 0 1 0 1 0 0
           1 1 0 0 1 1 0 1 0 1 0 0
           1 1 0 1 1 1 1 1 0 1 0 0
           1 1 0 0 1 1 0 1 0 1 0 0
           1 1 0 1 1 1 1 1 1 1 0 1
           1 1 0 0 1 1 0 1 0 1 0 0
           1 1 1 1 1 1 1 1 1 1 1 1
           1 1 0 1 1 1 1 1 0 1 0 1`),
  );
});

test('worked example 3-B: targets in position order, and what each stream sees there', () => {
  const { permMask, isTarget } = localMask(exampleB);
  expect(targetMapping(isTarget, 4)).toEqual(
    table(`0 0 1 0 0 0 0 0 0 0 0 0
           0 0 0 1 0 0 0 0 0 0 0 0
           0 0 0 0 0 0 0 0 1 0 0 0
           0 0 0 0 0 0 0 0 0 0 0 0`),
  );
  const keys = (visible: number[][], row: number) => visible[row]!.flatMap((one, j) => (one ? [j] : []));
  expect([2, 3, 8].map((row) => keys(queryVisible(permMask), row).join(' '))).toEqual([
    '0 1 3 4 5 6 7 8 9 11',
    '0 1 4 5 7 9',
    '0 1 3 4 5 6 7 9 11',
  ]);
  expect([2, 3, 8].map((row) => keys(contentVisible(permMask), row).join(' '))).toEqual([
    '0 1 2 3 4 5 6 7 8 9 11',
    '0 1 3 4 5 7 9',
    '0 1 3 4 5 6 7 8 9 11',
  ]);
});

const xlnet = { maxSpan: 5, maskAlpha: 6, maskBeta: 1 };

test('worked example 3-C: spans at word starts, a dropped one, and a filler', () => {
  const isStart = times(32, (i) => i !== 4 && i !== 19);
  const rng = scripted([
    pick(1),
    int(0, 11, 4),
    pick(1),
    int(0, 11, 6),
    pick(2),
    int(0, 5, 2),
    int(0, 31, 5),
    int(0, 31, 11),
  ]);
  expect(sampleTokens(isStart, 5, xlnet, rng)).toEqual(flags(32, 5, 6, 11, 21, 22));
  expect(rng.left()).toBe(0);
});

test('worked example 3-D: the second half sees all of the first, the first nothing of the second', () => {
  const first = localMask({ index: [2, 0, 3, 1], sampled: flags(4, 1, 3), functional: flags(4) });
  const second = localMask({ index: [1, 3, 0, 2], sampled: flags(4, 0, 2), functional: flags(4, 3) });
  const { permMask, isTarget } = joinMasks(first, second);
  expect(isTarget).toEqual(flags(8, 1, 3, 4, 6));
  expect(contentVisible(permMask)).toEqual(
    table(`1 0 1 0 0 0 0 0
           1 1 1 0 0 0 0 0
           1 0 1 0 0 0 0 0
           1 1 1 1 0 0 0 0
           1 1 1 1 1 1 1 0
           1 1 1 1 0 1 0 0
           1 1 1 1 0 1 1 0
           1 1 1 1 1 1 1 1`),
  );
});

/** Mean of −ln p of both name tokens over the two cities, and how often a sampled pair is no city. */
test('worked example 3-E: apart, two hidden name tokens cost ln 2 each; in an order, ln 2 together', () => {
  const cities = [
    ['new', 'york'],
    ['los', 'angeles'],
  ] as const;
  const posterior = (seen: readonly (string | null)[], at: 0 | 1, token: string) => {
    const possible = cities.filter((city) => seen.every((word, i) => word === null || word === city[i]));
    return possible.filter((city) => city[at] === token).length / possible.length;
  };
  for (const [first, second] of cities) {
    const apart = -Math.log(posterior([null, null], 0, first)) - Math.log(posterior([null, null], 1, second));
    expect(apart).toBeCloseTo(1.386294, 6);
    const inOrder = -Math.log(posterior([null, null], 1, second)) - Math.log(posterior([null, second], 0, first));
    expect(inOrder).toBeCloseTo(Math.LN2, 6);
    expect(inOrder / 2).toBeCloseTo(0.346574, 6);
  }
  expect(posterior([null, null], 0, 'new') * posterior([null, null], 1, 'angeles') * 2).toBe(0.5);
});
