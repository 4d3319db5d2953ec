import { describe, expect, test } from 'vitest';
import SlotBars from '../../src/figures/SlotBars.svelte';
import { describeSlots, layoutSlots, tabulateSlots } from '../../src/figures/slot-bars.ts';
import { specimens } from '../../src/figures/specimens/slot-bars.ts';
import { drawn, fileOf } from './drawn.ts';

const two = specimens['two readers']!;

describe('bars of slots', () => {
  test.each(Object.keys(specimens))('are drawn: %s', async (name) => {
    await expect(drawn(SlotBars, specimens[name]!)).toMatchFileSnapshot(fileOf('slot-bars', name));
  });
  test('say what each slot costs each reader', () => {
    expect(describeSlots(two)).toBe(
      'Bits that are left open. nothing kept: 8.17 (colour 2.58, object 2.58 and city 3.00); ' +
        '128 tokens kept: 0.00 (colour 0.00, object 0.00 and city 0.00).',
    );
    expect(tabulateSlots(two).rows[1]).toEqual(['128 tokens kept', '0.00', '0.00', '0.00', '0.00']);
  });
  test('lie end to end on one scale', () => {
    const [first, second] = layoutSlots(two, 640, 15).rows;
    expect(first!.parts[1]!.x).toBeCloseTo(first!.parts[0]!.x + first!.parts[0]!.width, 9);
    expect(first!.parts[2]!.width / first!.parts[0]!.width).toBeCloseTo(3 / Math.log2(6), 9);
    expect(second!.parts.every(({ width }) => width === 0)).toBe(true);
  });
});
