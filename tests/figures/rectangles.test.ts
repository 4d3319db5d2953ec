import { describe, expect, test } from 'vitest';
import Rectangles from '../../src/figures/Rectangles.svelte';
import { describeRectangles, layoutRectangles, tabulateRectangles, weightsOf } from '../../src/figures/rectangles.ts';
import { specimens } from '../../src/figures/specimens/rectangles.ts';
import { drawn, fileOf } from './drawn.ts';

const tables = specimens['a word table in two']!;

describe('matrices to scale', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(Rectangles, specimens[name]!)).toMatchFileSnapshot(fileOf('rectangles', name));
  });
  test('say their sizes and weights, and count blocks alone', () => {
    expect(describeRectangles(tables)).toContain('One table: words, 30,000 × 4,096, 122,880,000 weights.');
    expect(describeRectangles(tables)).toContain('4,364,288 weights');
    expect(weightsOf({ name: '', rows: 256, columns: 64, groups: 4 })).toBe(4096);
  });
  test('have a table twin with a row a matrix', () => {
    expect(tabulateRectangles(tables).rows.map((row) => row.slice(1))).toEqual([
      ['words', '30,000 × 4,096', 122_880_000, 4096],
      ['words', '30,000 × 128', 3_840_000, 128],
      ['widening', '128 × 4,096', 524_288, 128],
    ]);
  });
  test('are to one scale and within the width', () => {
    for (const width of [320, 560, 900])
      for (const specimen of Object.values(specimens)) {
        const { ways, height } = layoutRectangles(specimen, width, 14);
        const first = ways[0]!.shapes[0]!;
        const shape = specimen.ways[0]!.shapes[0]!;
        expect(first.width / first.height).toBeCloseTo(shape.columns / shape.rows, 6);
        for (const { shapes } of ways)
          for (const one of shapes) {
            expect(one.x).toBeGreaterThanOrEqual(0);
            expect(one.x + one.width).toBeLessThanOrEqual(width);
            expect(one.y + one.height).toBeLessThan(height);
          }
      }
  });
});
