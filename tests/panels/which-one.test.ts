import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { densitiesOf } from '../../src/panels/density.ts';
import { brokenBy, ways } from '../../src/panels/six-ways.ts';
import { squares } from '../../src/panels/squares.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { defaultRun } from '../../src/training/settings.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(defaultRun.text);
});

describe('one text, broken in six ways', () => {
  const all = (seed: string) => ways.map((way) => brokenBy(way, data.train, data.vocabulary, createRng(seed)));

  test('is the same text in four of them, and the same for the same stream', () => {
    expect(all('a')).toEqual(all('a'));
    const wordsOf = (id: string) =>
      all('a')
        .find(({ way }) => way.id === id)!
        .chips.map(({ token, original }) => original ?? token);
    expect(wordsOf('rtd')).toEqual(wordsOf('plm'));
  });

  test('pairs are asked once, at [CLS], and nothing of them is hidden', () => {
    for (const id of ['nsp', 'sop']) {
      const { chips, answers } = all('b').find(({ way }) => way.id === id)!;
      expect(answers).toBe(1);
      expect(chips.findIndex(({ scored }) => scored)).toBe(0);
      expect(chips.filter(({ mark }) => mark)).toEqual([]);
    }
  });

  test('fakes are asked at every word, and what is written anew at none that is read', () => {
    const rows = all('c');
    const fakes = rows.find(({ way }) => way.id === 'rtd')!;
    expect(fakes.chips.filter(({ special, scored }) => !special !== scored)).toEqual([]);
    const noise = rows.find(({ way }) => way.id === 'denoise')!;
    expect(noise.chips.filter(({ scored }) => scored)).toEqual([]);
    expect(noise.answers).toBeGreaterThan(20);
  });
});

describe('answers for the same arithmetic', () => {
  test('are what is asked, divided by what a step costs beside one of holes', async () => {
    const [holes, ...others] = await densitiesOf('base');
    expect(holes).toMatchObject({ cost: 1 });
    expect(holes!.asked).toBeCloseTo(0.15, 2);
    for (const { asked, cost, density } of others) {
      expect(density).toBeCloseTo(asked / cost, 12);
      expect(cost).toBeGreaterThan(1);
    }
  });
});

/** Each row sees as many places in front as are remembered, and then all up to itself. */
const below = (length: number, memory: number) =>
  Array.from({ length }, (_row, i) => Array.from({ length: memory + length }, (_column, j) => j <= i + memory));

describe('six squares', () => {
  test('are the masks of the models: full, below the diagonal, with a memory in front, and so on', async () => {
    const found = new Map((await squares()).map((square) => [square.name, square.pattern]));
    expect([...found.keys()]).toEqual(['full', 'triangle', 'triangle with memory', 'an order', 'bridge', 'blocks']);
    expect(found.get('full')!.flat().every(Boolean)).toBe(true);
    expect(found.get('triangle')).toEqual(below(12, 0));
    expect(found.get('triangle with memory')).toEqual(below(12, 8));
    // Along an order one more is in sight each time, and never oneself.
    const order = found.get('an order')!;
    expect(order.map((row) => row.filter(Boolean).length).sort((a, b) => a - b)).toEqual([...order.keys()]);
    expect(order.some((row, i) => row[i])).toBe(false);
    expect(found.get('bridge')![0]!.length).not.toBe(found.get('bridge')!.length);
    const blocks = found.get('blocks')!;
    const seen = blocks.map((row) => row.filter(Boolean).length);
    expect(Math.max(...seen.slice(2, -2))).toBeLessThan(blocks.length / 2);
    expect(seen[0]).toBe(blocks.length);
  });
});
