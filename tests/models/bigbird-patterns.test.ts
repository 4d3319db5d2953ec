import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { forward } from '../../src/models/bigbird/forward.ts';
import { planOf } from '../../src/models/bigbird/plan.ts';
import { type Parts, scoresOf } from '../../src/models/bigbird/plan-spec.ts';
import { blueprint } from '../../src/models/bigbird/spec.ts';
import { patternsOf } from '../../src/models/pictures.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { init } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { longBatch } from '../support/long-batch.ts';
import '../support/pictures.ts';

beforeAll(() => tf.useBackend('cpu'));

const length = 46;
const config = { ...blueprint.toy, vocabSize: 24, hidden: 8, inner: 12, maxLength: 48, initStd: 0.3 };
const names = ['attention.0', 'attention.1'];

/** Maps by tap, [head][query][key]. */
function mapsOf(parts: Parts): ReadonlyMap<string, number[][][]> {
  const own = { ...config, parts };
  const maps = new Map<string, number[][][]>();
  tf.tidy(() => {
    const tap = tapFor(names, (name, value) => maps.set(name, (value.arraySync() as number[][][][])[0]!));
    const params = init(blueprint.spec(own), createRng(1));
    void forward(params, own, longBatch(length), { training: false, rng: createRng(2), tap });
  });
  return maps;
}

const patternsWith = (parts: Parts) =>
  patternsOf(blueprint, { ...config, parts }, { inputIds: Array.from({ length }, () => 5) });

describe('the patterns of BigBird', () => {
  it.each(['published', 'global', 'window'] as const)('are those of every head of every map: %s', (parts) => {
    const maps = mapsOf(parts);
    const [{ pattern, taps }, ...more] = patternsWith(parts) as [ReturnType<typeof patternsOf>[number]];
    expect(more).toEqual([]);
    expect(taps).toEqual(names);
    for (const name of names)
      for (const head of maps.get(name)!) expect(head.map((row) => row.map((share) => share > 0))).toEqual(pattern);
  });

  it.each(['paper', 'random'] as const)('are, with random blocks, what some head of a layer reads: %s', (parts) => {
    const maps = mapsOf(parts);
    const patterns = patternsWith(parts);
    expect(patterns.flatMap(({ taps }) => taps)).toEqual(names);
    expect(patterns[0]!.pattern).not.toEqual(patterns[1]!.pattern);
    for (const { taps, pattern } of patterns) {
      const heads = maps.get(taps[0]!)!;
      const isSeen = (i: number, j: number) => heads.some((head) => head[i]![j]! > 0);
      expect(pattern.map((row, i) => row.map((_, j) => isSeen(i, j)))).toEqual(pattern);
    }
  });

  it('have in every block its own, its neighbours, the first and the last, which see all', () => {
    const [{ pattern }] = patternsWith('published') as [ReturnType<typeof patternsOf>[number]];
    const blocks = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: 12 }, (_, j) => (pattern[4 * i]![4 * j] ? '#' : '.')).join(''),
    );
    expect(blocks).toEqual([
      '############',
      '###........#',
      '####.......#',
      '#.###......#',
      '#..###.....#',
      '#...###....#',
      '#....###...#',
      '#.....###..#',
      '#......###.#',
      '#.......####',
      '#........###',
      '############',
    ]);
  });

  it('add up to one in each row of a map, block 0 with both of its shares', () => {
    for (const heads of mapsOf('published').values())
      for (const row of heads.flat()) expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });
});

describe('the scores of BigBird', () => {
  it.each([
    [64, 1824],
    [128, 3872],
    [256, 7968],
    [512, 16160],
    [1024, 32544],
  ])('of %i tokens in blocks of four are %i, growing with the length', (tokens, cells) => {
    const { rows, cols } = scoresOf({ ...config, maxLength: 1024 }, tokens);
    expect(rows * cols).toBe(cells);
  });

  it('of larger blocks with three random ones are those worked out by hand', () => {
    const { rows, cols } = scoresOf({ ...config, blockSize: 16, randomBlocks: 3, maxLength: 1024 }, 1024);
    expect(rows * cols).toBe(159_232);
  });

  it('are as many in every head of a plan, whatever it draws', () => {
    for (const training of [false, true]) {
      const { rows } = planOf({ ...config, heads: 3 }, 160, 1, training);
      expect(new Set(rows.map((head) => head.map((row) => row.length).join())).size).toBe(1);
    }
  });
});
