import { describe, expect, test } from 'vitest';
import SlotBars from '../../src/figures/SlotBars.svelte';
import { describeSlots, layoutSlots, tabulateSlots } from '../../src/figures/slot-bars.ts';
import { specimens } from '../../src/figures/specimens/slot-bars.ts';
import { widthOf } from '../../src/figures/text.ts';
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
  test('their names begin a new line rather than reach over the edge', () => {
    const slots = ['simile (bee)', 'weather (rainy)', 'animal (toad)', 'place (forest)'];
    const many = { slots, readers: [{ name: 'near', bits: [0, 1, 2, 3] }] };
    const { legend, type } = layoutSlots(many, 540, 15);
    expect(new Set(legend.map(({ y }) => y)).size).toBe(2);
    for (const [i, { x }] of legend.entries()) expect(x + widthOf(slots[i]!.length, type, 'label')).toBeLessThan(540);
  });
});
