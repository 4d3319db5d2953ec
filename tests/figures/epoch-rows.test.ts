import { describe, expect, test } from 'vitest';
import EpochRows from '../../src/figures/EpochRows.svelte';
import { alike, describeEpochs, distinctBy, layoutEpochs, tabulateEpochs } from '../../src/figures/epoch-rows.ts';
import { specimens } from '../../src/figures/specimens/epoch-rows.ts';
import { drawn, fileOf } from './drawn.ts';

const same = specimens['the same holes in every epoch']!;
const fresh = specimens['new holes each time, one epoch framed']!;
const forty = specimens['forty epochs of four rows, narrow']!;

describe('the rows of one sentence, epoch by epoch', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(EpochRows, specimens[name]!)).toMatchFileSnapshot(fileOf('epoch-rows', name));
  });
  test('says how many rows differ and what was ever asked for', () => {
    expect(describeEpochs(same)).toBe(
      'One sentence in 4 epochs: 1 different row of holes. 2 of 10 tokens asked for at least once, 20 %; to be expected: 20.0 %.',
    );
    expect(describeEpochs({ ...same, rows: [], sameAs: [], covered: [], law: [] })).toBe('No epoch yet.');
    expect(distinctBy(forty.sameAs).slice(-1)).toEqual([4]);
  });
  test('has a table twin: holes, the row they are the same as, and both shares', () => {
    expect(tabulateEpochs(same).rows[1]).toEqual(['epoch 2', '2 toad, 5 honey', 'epoch 1', '20 %', '20.0 %']);
    expect(tabulateEpochs(fresh).rows[2]![2]).toBe('');
  });
  test('hangs the rows that are the same on one thread, each at its own height, and no other row', () => {
    expect(alike(forty.sameAs).map(({ length }) => length)).toEqual([10, 10, 10, 10]);
    expect(alike([undefined, undefined, 0])).toEqual([[0, 2]]);
    const { threads, bands } = layoutEpochs(same, 620, 14);
    expect(threads.map(({ beads }) => beads)).toEqual([bands.map(({ y, height }) => y + height / 2)]);
    expect(layoutEpochs(fresh, 620, 14).threads).toEqual([]);
  });
  test('forty rows keep within the height of fifteen tall ones, and are labelled as far as there is room', () => {
    const { labels, type, height, bands } = layoutEpochs(forty, 620, 14);
    expect(height).toBeLessThan(type * 45);
    expect(labels.at(-1)!.i).toBe(39);
    const gaps = labels.slice(1).map(({ y }, k) => y - labels[k]!.y);
    expect(Math.min(...gaps)).toBeGreaterThan(type);
    expect(bands.every(({ height: tall }) => tall > 5)).toBe(true);
  });
  test('stays within its width, however narrow', () => {
    for (const width of [260, 330, 620, 1100]) {
      const { left, column, cells } = layoutEpochs(forty, width, 15);
      expect(left + 10 * column).toBeLessThan(width);
      expect(layoutEpochs(forty, width, 15).threads.every(({ x }) => x < width)).toBe(true);
      for (const { x, width: wide } of cells.flat()) expect(x + wide).toBeLessThanOrEqual(left + 10 * column);
    }
  });
});
