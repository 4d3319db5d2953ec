import { describe, expect, test } from 'vitest';
import BitsBars from '../../src/figures/BitsBars.svelte';
import { describeBits, layoutBits, tabulateBits } from '../../src/figures/bits-bars.ts';
import SpanLengths from '../../src/figures/SpanLengths.svelte';
import {
  describeSpanLengths,
  layoutSpanLengths,
  meanLength,
  tabulateSpanLengths,
} from '../../src/figures/span-lengths.ts';
import { specimens as bits } from '../../src/figures/specimens/bits-bars.ts';
import { specimens as lengths } from '../../src/figures/specimens/span-lengths.ts';
import { poissonWeights } from '../../src/objectives/denoise/options.ts';
import { drawnLengths } from '../../src/panels/span-lengths.ts';
import { prepare } from '../../src/training/data.ts';
import { defaultRun } from '../../src/training/settings.ts';
import { drawn, fileOf } from './drawn.ts';

describe('bars of bits', () => {
  const { rows } = bits['three noises']!;
  test.each(Object.keys(bits))('draw %s', async (name) => {
    await expect(drawn(BitsBars, bits[name]!)).toMatchFileSnapshot(fileOf('bits-bars', name));
  });
  test('are said with their errors, and stand in a table', () => {
    expect(describeBits(rows)).toContain('one span a sentence 2.84 ± 0.18 bits');
    expect(tabulateBits(rows).rows[2]).toEqual(['shuffling', '1.03', '0.11']);
  });
  test('are as long as their bits, and leave room for their numbers', () => {
    for (const width of [300, 700]) {
      const { bars, left } = layoutBits(rows, width, 14);
      expect(bars[2]!.length / bars[0]!.length).toBeCloseTo(1.03 / 4.38, 6);
      expect(left + bars[0]!.length).toBeLessThan(width - 80);
    }
  });
});

describe('the lengths of spans', () => {
  const hundred = lengths['a hundred lengths']!;
  test.each(Object.keys(lengths))('draw %s', async (name) => {
    await expect(drawn(SpanLengths, lengths[name]!)).toMatchFileSnapshot(fileOf('span-lengths', name));
  });
  test('are said with their mean and how many are nought', () => {
    expect(describeSpanLengths(hundred)).toBe(
      '100 lengths, 2.98 words on average; 6 of them 0, where the law expects 5.0.',
    );
    expect(describeSpanLengths({ counts: [], law: hundred.law })).toContain('No length is drawn yet');
    expect(tabulateSpanLengths(hundred).rows[3]).toEqual([3, 19, '19 %', '22 %']);
  });
  test('stand as high as their share, the law beside them', () => {
    const { bars, plot } = layoutSpanLengths(hundred, 600, 13);
    const rise = ({ y }: { y: number }) => plot.bottom - y;
    expect(rise(bars[2]!) / rise(bars[1]!)).toBeCloseTo(25 / 14, 6);
    expect(bars).toHaveLength(10);
  });
  test('are those of the objective: they follow the law they are drawn by', async () => {
    const { train, vocabulary } = await prepare(defaultRun.text);
    const weights = poissonWeights(3);
    const counts = drawnLengths({ documents: train, vocabulary }, '1', 400, 3);
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(1500);
    // That a text ends with the length that reaches what is due changes no frequency: Wald's identity.
    expect(Math.abs(meanLength({ counts }) - 3)).toBeLessThan(4 * Math.sqrt(3 / total));
    expect(Math.abs(counts[0]! / total - weights[0]!)).toBeLessThan(0.02);
    expect(drawnLengths({ documents: train, vocabulary }, '1', 3, 3)).toEqual(
      drawnLengths({ documents: train, vocabulary }, '1', 3, 3),
    );
  });
});
