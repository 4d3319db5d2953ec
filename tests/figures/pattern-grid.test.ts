import { describe, expect, test } from 'vitest';
import { causal, full } from '../../src/core/pattern.ts';
import { cellsPath, describePattern, describeRow, layoutMatrix, tabulatePattern } from '../../src/figures/matrix.ts';
import PatternGrid from '../../src/figures/PatternGrid.svelte';
import { specimens } from '../../src/figures/specimens/pattern-grid.ts';
import { drawn, fileOf } from './drawn.ts';

describe('a pattern grid', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(PatternGrid, specimens[name]!)).toMatchFileSnapshot(fileOf('pattern-grid', name));
  });
  test('says how many keys a query sees', () => {
    expect(describePattern(full(3))).toBe(
      '3 query rows by 3 key columns: each sees 3, 100 % of all pairs are allowed.',
    );
    expect(describePattern(causal(3))).toBe(
      '3 query rows by 3 key columns: each sees 1 to 3, 67 % of all pairs are allowed.',
    );
    expect(describeRow(causal(3), 1, ['a', 'b', 'c'])).toBe('b (1) sees a (0) and b (1)');
    expect(describeRow([[false, false]], 0, ['a', 'b'])).toBe('a (0) sees nothing');
  });
  test('draws an arc to each key of the row that is pointed at', () => {
    const arcs = (row: number | undefined) =>
      drawn(PatternGrid, { pattern: causal(5), tokens: ['a', 'b', 'c', 'd', 'e'], width: 200, row }).match(
        /stroke-width="1.6"/g,
      )?.length ?? 0;
    expect([undefined, 0, 3].map(arcs)).toEqual([0, 1, 4]);
  });
  test('leaves labels out where they would be smaller than the cells allow, and stays within its width', () => {
    const labels = Array.from({ length: 64 }, () => 'word');
    const layout = layoutMatrix(64, 64, 380, labels, { size: 13, arcs: true });
    expect(layout.type).toBe(0);
    expect(layout.left + 64 * layout.cell).toBeLessThanOrEqual(380);
    expect(layoutMatrix(8, 8, 400, labels, { size: 13, arcs: true }).type).toBe(13);
  });
});

test('cells of one row are joined where there is no gap', () => {
  expect(cellsPath(2, 3, 10, (i, j) => i === 0 && j < 2)).toBe('M0,0h20v10h-20z');
  expect(cellsPath(1, 2, 10, () => true, 2)).toBe('M1,1h8v8h-8zM11,1h8v8h-8z');
});

test('the table twin of a pattern names the keys', () => {
  expect(tabulatePattern(causal(2), ['a', 'b']).rows).toEqual([
    ['a (0)', 1, 'a (0)'],
    ['b (1)', 2, 'a (0) b (1)'],
  ]);
});
