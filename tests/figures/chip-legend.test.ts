import { describe, expect, test } from 'vitest';
import ChipLegend from '../../src/figures/ChipLegend.svelte';
import { describeChipLegend, layoutChipLegend } from '../../src/figures/chip-legend.ts';
import { specimens } from '../../src/figures/specimens/chip-legend.ts';
import { drawn, fileOf } from './drawn.ts';

describe('a legend of chips', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(ChipLegend, specimens[name]!)).toMatchFileSnapshot(fileOf('chip-legend', name));
  });
  test('says of each mark what it looks like and what it means', () => {
    expect(describeChipLegend(['hidden', 'replaced', 'asked'])).toBe(
      'Legend: filled: hidden, hatched: replaced and with a dot below: asked for.',
    );
  });
  test('goes on in another line where the width ends, and never sets words under 12 px', () => {
    const { entries } = layoutChipLegend(['hidden', 'replaced', 'kept', 'asked'], 240, 13);
    expect(entries.map(({ at }) => at.row)).toEqual([0, 0, 1, 1]);
    const sizes = [...drawn(ChipLegend, specimens['in two lines']!).matchAll(/font-size="([\d.]+)"/g)];
    expect(Math.min(...sizes.map(([, size]) => Number(size)))).toBeGreaterThanOrEqual(12);
  });
});
