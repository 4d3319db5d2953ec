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
  test('says of two texts where each begins and ends, and whose token is looked at', () => {
    const pattern = [
      [true, false, false],
      [true, true, false],
    ];
    const [tokens, keys] = [
      ['x', 'y'],
      ['a', 'b', 'c'],
    ];
    expect(describePattern(pattern, { tokens, keys })).toBe(
      '2 query rows (x to y) by 3 key columns (a to c): each sees 1 to 2, 50 % of all pairs are allowed.',
    );
    expect(describeRow(pattern, 1, tokens, keys)).toBe('y (1) sees a (0) and b (1)');
    expect(tabulatePattern(pattern, tokens, { keys }).rows).toEqual([
      ['x (0)', 1, 'a (0)'],
      ['y (1)', 2, 'a (0) b (1)'],
    ]);
    const svg = drawn(PatternGrid, { pattern, tokens, keys, width: 200, onpoint: () => undefined });
    expect(svg.match(/(?<=<text[^>]*>\s*)\w/g)).toEqual(['a', 'b', 'c', 'x', 'y']);
    expect(svg).toContain('aria-label="y (1) sees a (0) and b (1)"');
  });
  test('speaks of the rows that are there, and only those can be pointed at', () => {
    const present = new Set([1]);
    expect(describePattern(causal(4), { present })).toBe(
      '1 of 4 query rows by 4 key columns: each sees 2, 50 % of their pairs are allowed.',
    );
    expect(describePattern(causal(4), { present: new Set() })).toBe('0 of 4 query rows by 4 key columns.');
    expect(tabulatePattern(causal(2), ['a', 'b'], { present }).rows).toEqual([['b (1)', 2, 'a (0) b (1)']]);
    const svg = drawn(PatternGrid, {
      pattern: causal(3),
      tokens: ['a', 'b', 'c'],
      present,
      width: 200,
      onpoint: () => undefined,
    });
    expect(svg.match(/\w \(\d\) sees [^"]*/g)).toEqual(['b (1) sees a (0) and b (1)']);
    expect(svg.match(/tabindex="0"/g)).toHaveLength(1);
  });
  test('draws an arc to each key of the row that is pointed at', () => {
    const arcs = (row: number | undefined) =>
      drawn(PatternGrid, { pattern: causal(5), tokens: ['a', 'b', 'c', 'd', 'e'], width: 200, row }).match(
        /stroke-width="1.6"/g,
      )?.length ?? 0;
    expect([undefined, 0, 3].map(arcs)).toEqual([0, 1, 4]);
  });
  test('marks holes on both sides, and makes only what the row reads words from stand out', () => {
    const [tokens, holes] = [['a', '[MASK]', '[MASK]'], new Set([1, 2])];
    const svg = drawn(PatternGrid, { pattern: full(3), tokens, holes, width: 200, row: 1 });
    expect(svg.match(/<rect[^>]*rx="3"[^>]*fill="var\(--hidden\)"/g)).toHaveLength(4);
    expect(svg.match(/fill="var\(--hidden-ink\)"/g)).toHaveLength(4);
    const [back, read] = [...svg.matchAll(/<path d="([^"]*)" fill="var\(--hidden\)"/g)].map(
      ([, path]) => path!.match(/M/g)!.length,
    );
    expect([back, read]).toEqual([8, 1]);
    expect(svg).toContain('Hidden are 1 and 2. [MASK] (1) sees every position, 2 holes among them.');
  });
  test('draws none from one text to another, where the query stands in no column', () => {
    const svg = drawn(PatternGrid, {
      pattern: full(2, 3),
      tokens: ['x', 'y'],
      keys: ['a', 'b', 'c'],
      width: 200,
      row: 1,
    });
    expect(svg).not.toContain('stroke-width="1.6"');
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
