import { describe, expect, test } from 'vitest';
import BaseRate from '../../src/figures/BaseRate.svelte';
import { describeBaseRate, layoutBaseRate, tabulateBaseRate } from '../../src/figures/base-rate.ts';
import { specimens } from '../../src/figures/specimens/base-rate.ts';
import { drawn, fileOf } from './drawn.ts';

const { points, knowingOnly } = specimens['a run that learns']!;

describe('a run beside who knows only how many', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(BaseRate, specimens[name]!)).toMatchFileSnapshot(fileOf('base-rate', name));
  });
  test('is said from its first look to its last', () => {
    expect(describeBaseRate(points, knowingOnly)).toBe(
      'A run of 5 looks: at step 0 14.9 % are replaced and the loss is 0.675, against 0.421 of who knows only that; at step 400 11.6 % are replaced and the loss is 0.082, against 0.359 of who knows only that.',
    );
    expect(describeBaseRate([], knowingOnly)).toContain('no run is shown');
  });
  test('has a table twin with a row a look', () => {
    expect(tabulateBaseRate(points, knowingOnly).rows.at(-1)).toEqual([400, '11.6 %', '0.359', '0.082', '23 %']);
  });
  test('lies below the curve as soon as something is known, further left with fewer fakes', () => {
    const layout = layoutBaseRate(points, knowingOnly, 600, 13);
    expect(layout.points.map(({ y, curve }) => y > curve)).toEqual([false, true, true, true, true]);
    expect(layout.points.map(({ x }) => x)).toEqual(layout.points.map(({ x }) => x).toSorted((a, b) => b - a));
    const labels = layout.points.map(({ label }) => label.y).toSorted((a, b) => a - b);
    expect(labels.every((y, i) => i === 0 || y - labels[i - 1]! > 13)).toBe(true);
  });
});
