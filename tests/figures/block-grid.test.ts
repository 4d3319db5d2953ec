import { describe, expect, test } from 'vitest';
import BlockGrid from '../../src/figures/BlockGrid.svelte';
import { computed, describeBlocks, layoutBlocks, stripOf, tabulateBlocks } from '../../src/figures/block-grid.ts';
import { specimens } from '../../src/figures/specimens/block-grid.ts';
import { drawn, fileOf } from './drawn.ts';

const three = specimens['all three reasons']!;
const full = specimens['full on a phone']!;

describe('a grid of blocks', () => {
  test.each(Object.keys(specimens))('is drawn: %s', async (name) => {
    await expect(drawn(BlockGrid, specimens[name]!)).toMatchFileSnapshot(fileOf('block-grid', name));
  });
  test('counts what is computed', () => {
    expect(computed(full)).toEqual({ pairs: 100, share: 1 });
    expect(describeBlocks(three)).toBe(
      '10 blocks of 16 tokens: 66 of 100 pairs of blocks are computed, 66 %. Block 5 reads 0 (first or last), ' +
        '2 (at random), 4 (a neighbour), 5 (itself), 6 (a neighbour) and 9 (first or last).',
    );
  });
  test('lays the blocks of one row side by side', () => {
    expect(stripOf(three).map(({ key }) => key)).toEqual([0, 2, 4, 5, 6, 9]);
    expect(stripOf(full)).toEqual([]);
    expect(tabulateBlocks(three).rows[5]).toEqual([5, '0, 2, 4, 5, 6 and 9', '5', '4 and 6', '0 and 9', '2']);
  });
  test('keeps square and strip inside the picture, on a phone one below the other', () => {
    const wide = layoutBlocks(three, 760, 14);
    expect(wide.strip.x + 6 * wide.strip.cell).toBeLessThanOrEqual(760);
    const narrow = layoutBlocks({ ...three }, 330, 14);
    expect(narrow.strip.y).toBeGreaterThan(narrow.top + 10 * narrow.cell);
  });
});
