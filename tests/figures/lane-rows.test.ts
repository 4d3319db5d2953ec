import { describe, expect, test } from 'vitest';
import LaneRows from '../../src/figures/LaneRows.svelte';
import { describeLanes, layoutLanes, tabulateLanes } from '../../src/figures/lane-rows.ts';
import { specimens } from '../../src/figures/specimens/lane-rows.ts';
import { drawn, fileOf } from './drawn.ts';

const { lanes } = specimens['two rows']!;

describe('rows that read on side by side', () => {
  test.each(Object.keys(specimens))('are drawn: %s', async (name) => {
    await expect(drawn(LaneRows, specimens[name]!)).toMatchFileSnapshot(fileOf('lane-rows', name));
  });
  test('say how far they are and what the first one reads', () => {
    expect(describeLanes(lanes)).toBe(
      '2 rows side by side, each at segment 4 of its own share of the text; row 1 reads a melon . on thursday , …',
    );
    expect(tabulateLanes(lanes).rows[1]!.slice(0, 3)).toEqual(['row 2', 4, 10]);
  });
  test('have their segment inside their share, at its end at last', () => {
    const ends = [0, 9].map((at) => layoutLanes([{ ...lanes[0]!, at }], 640, 14));
    expect(ends[0]!.rows[0]!.x).toBe(ends[0]!.left);
    expect(ends[1]!.rows[0]!.x + ends[1]!.rows[0]!.width).toBeCloseTo(ends[1]!.left + ends[1]!.bar.width, 9);
  });
});
