import { describe, expect, test } from 'vitest';
import SegmentRows from '../../src/figures/SegmentRows.svelte';
import {
  describeSegments,
  layoutSegments,
  standingOf,
  standings,
  tabulateSegments,
} from '../../src/figures/segment-rows.ts';
import { specimens } from '../../src/figures/specimens/segment-rows.ts';
import { drawn, fileOf } from './drawn.ts';

const last = specimens['the last of three, one kept']!;

describe('a text in segments', () => {
  test.each(Object.keys(specimens))('is drawn: %s', async (name) => {
    await expect(drawn(SegmentRows, specimens[name]!)).toMatchFileSnapshot(fileOf('segment-rows', name));
  });
  test('says what is read, what is kept and what is out of sight', () => {
    expect(describeSegments(last)).toBe(
      '24 tokens in segments of 8. Segment 3 of 3 is read: 8 tokens; 8 before it are kept, 8 are out of sight.',
    );
    expect(tabulateSegments(last).rows[13]!.slice(0, 3)).toEqual([13, 2, 'purple']);
    expect([7, 8, 15, 16].map((place) => standingOf(place, last))).toEqual(['gone', 'kept', 'kept', 'read']);
    expect(standings({ ...last, at: 1 })).toEqual(['read', 'kept', 'coming']);
  });
  test('begins a line with every segment and stays inside its width', () => {
    const { placed, left } = layoutSegments(last, 320, 14);
    expect([0, 8, 16].map((place) => placed[place]!.x)).toEqual([left, left, left]);
    expect(placed.every(({ x, width }) => x + width <= 320)).toBe(true);
  });
});
