import { describe, expect, test } from 'vitest';
import AttentionArcs from '../../src/figures/AttentionArcs.svelte';
import AttentionGrid from '../../src/figures/AttentionGrid.svelte';
import {
  describeHeads,
  describeQuery,
  levelOf,
  levelPaths,
  sharpness,
  tabulateHeads,
} from '../../src/figures/heads.ts';
import { specimens as arcs } from '../../src/figures/specimens/attention-arcs.ts';
import { specimens } from '../../src/figures/specimens/attention-grid.ts';
import { drawn, fileOf } from './drawn.ts';

const even = [0.5, 0.5, 0.5, 0.5];
const single = [0, 1, 1, 0];

describe('attention of all heads', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(AttentionGrid, specimens[name]!)).toMatchFileSnapshot(fileOf('attention-grid', name));
  });
  test('is 0 sharp when even and 1 sharp when each query has one key', () => {
    expect(sharpness(even, 2)).toBeCloseTo(0, 12);
    expect(sharpness(single, 2)).toBe(1);
  });
  test('says which head is sharpest', () => {
    const heads = [
      { layer: 0, head: 0, weights: even },
      { layer: 0, head: 1, weights: single },
    ];
    expect(describeHeads(heads, 2)).toBe(
      'Attention of 2 heads in 1 layer over 2 tokens: 50 % of the way from even to single-key on average, sharpest is layer 1 head 2 with 100 %.',
    );
  });
  test('puts each cell into the path of its step of the scale', () => {
    expect([0, 0.01, 0.25, 0.999, 1].map(levelOf)).toEqual([0, 1, 6, 11, 11]);
    const paths = levelPaths(single, 2, 10);
    expect(paths[11]).toBe('M10,0h10v10h-10zM0,10h10v10h-10z');
    expect(paths[0]).toBe('M0,0h10v10h-10zM10,10h10v10h-10z');
  });
});

describe('arcs of one query', () => {
  test.each(Object.keys(arcs))('draws %s', async (name) => {
    await expect(drawn(AttentionArcs, arcs[name]!)).toMatchFileSnapshot(fileOf('attention-arcs', name));
  });
  test('says what it looks at most', () => {
    expect(describeQuery([0.1, 0.7, 0.2], 0, ['a', 'b', 'c'])).toBe(
      'a (0) looks at b (1) 70 %, c (2) 20 % and a (0) 10 %',
    );
  });
  test('has a table twin with a row for each head and query', () => {
    const { rows } = tabulateHeads([{ layer: 1, head: 0, weights: single }], ['a', 'b']);
    expect(rows).toEqual([
      [2, 1, 1, 'a (0)', 'b (1)', '100 %'],
      [2, 1, 1, 'b (1)', 'a (0)', '100 %'],
    ]);
  });
});
