import { describe, expect, test } from 'vitest';
import ClaimPlot from '../../src/figures/ClaimPlot.svelte';
import type { Series } from '../../src/figures/curve.ts';
import DifferenceStrip from '../../src/figures/DifferenceStrip.svelte';
import {
  describeDifferences,
  differencesOf,
  leaderText,
  signedText,
  tabulateClaim,
} from '../../src/figures/difference.ts';
import { layoutDifferences } from '../../src/figures/difference-layout.ts';
import { specimens as claims } from '../../src/figures/specimens/claim-plot.ts';
import { specimens } from '../../src/figures/specimens/difference-strip.ts';
import { drawn, fileOf } from './drawn.ts';

const series = (name: string, ...seeds: readonly (readonly number[])[]): Series => ({
  name,
  traces: seeds.map((losses) => ({ training: [], heldOut: losses.map((loss, i) => [i * 100, loss] as const) })),
});
const a = series('A', [4, 2], [4, 1]);
const b = series('B', [3, 2.5], [3.5, 2.25]);

describe('the difference of two recipes', () => {
  test.each(Object.keys(specimens))('is drawn: %s', async (name) => {
    await expect(drawn(DifferenceStrip, specimens[name]!)).toMatchFileSnapshot(fileOf('difference-strip', name));
  });
  test('is taken seed by seed, with mean, lowest and highest', () => {
    expect(differencesOf(a, b)).toEqual([
      { x: 0, values: [1, 0.5], mean: 0.75, low: 0.5, high: 1 },
      { x: 100, values: [-0.5, -1.25], mean: -0.875, low: -1.25, high: -0.5 },
    ]);
    expect(differencesOf(a, series('C'))).toEqual([]);
  });
  test('says who is ahead, and whether for every seed', () => {
    const differences = differencesOf(a, b);
    expect(describeDifferences(differences, 'A', 'B', 'step')).toBe(
      'Loss of A minus that of B, seed by seed: at step 100 −0.88 nats on average, from −1.25 to −0.50; A is ahead for every seed.',
    );
    expect(describeDifferences([], 'A', 'B', 'step')).toBe('A minus B: nothing to compare yet.');
    expect(differences.map((one) => leaderText(one, 'A', 'B'))).toEqual(['B, 2 of 2', 'A, 2 of 2']);
    expect(leaderText({ x: 0, values: [1, -1], mean: 0, low: -1, high: 1 }, 'A', 'B')).toBe('neither');
    expect([0.18, -0.02, 0].map(signedText)).toEqual(['+0.18', '−0.020', '0']);
  });
  test('stands over and under 0, a dot a seed in the hue of who is ahead', () => {
    const layout = layoutDifferences(a, b, { width: 600, height: 190, size: 12, xMax: 0, xLog: false, left: 0 });
    const [first, second] = layout.hues;
    expect(layout.dots.map(({ hue }) => hue)).toEqual([second, second, first, first]);
    expect(layout.dots.map(({ y }) => y < layout.zero)).toEqual([true, true, false, false]);
    expect(layout.counts.map(({ hues }) => hues)).toEqual([
      [second, second],
      [first, first],
    ]);
  });
  test('has a table twin', () => {
    const { columns, rows } = tabulateClaim([a, b], 'step');
    expect(columns).toEqual(['Run', 'Seed', 'Kind', 'Step', 'Loss']);
    expect(rows.slice(0, 2)).toEqual([
      ['A', 1, 'held out', 0, 4],
      ['A', 1, 'held out', 100, 2],
    ]);
    expect(rows.slice(8)).toEqual([
      ['A − B', 1, 'difference', 0, 1],
      ['A − B', 2, 'difference', 0, 0.5],
      ['A − B', 1, 'difference', 100, -0.5],
      ['A − B', 2, 'difference', 100, -1.25],
    ]);
  });
});

describe('a claim', () => {
  test.each(Object.keys(claims))('is drawn: %s', async (name) => {
    await expect(drawn(ClaimPlot, claims[name]!)).toMatchFileSnapshot(fileOf('claim-plot', name));
  });
  test('has the same place under the same place in all its charts', () => {
    const picture = drawn(ClaimPlot, { series: [a, b], width: 600 });
    const axes = [...picture.matchAll(/<line x1="([\d.]+)" x2="(590)" y1="([\d.]+)" y2="\3" stroke="var\(--line\)"/g)];
    expect(axes).toHaveLength(2);
    expect(axes[0]!.slice(1, 3)).toEqual(axes[1]!.slice(1, 3));
  });
});
