import { describe, expect, test } from 'vitest';
import HeadPairs from '../../src/figures/HeadPairs.svelte';
import { describeHeadPairs, layoutHeadPairs, tabulateHeadPairs } from '../../src/figures/head-pairs.ts';
import { specimens } from '../../src/figures/specimens/head-pairs.ts';
import { drawn, fileOf } from './drawn.ts';

const three = specimens['three heads']!;

describe('the same heads of two models', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(HeadPairs, specimens[name]!)).toMatchFileSnapshot(fileOf('head-pairs', name));
  });
  test('say how far apart each pair is', () => {
    expect(describeHeadPairs(three)).toBe(
      '3 attention maps of 3 tokens by teacher and by student. How far apart, in nats: head 1 0.00, head 2 0.46 and head 3 1.46.',
    );
    expect(tabulateHeadPairs(three).rows[1]).toEqual(['head 2', '0.46']);
  });
  test('stand within the width, in two rows where they would be small', () => {
    for (const [width, rows] of [
      [620, 1],
      [300, 2],
    ] as const) {
      const { places, square, bands } = layoutHeadPairs(three, width, 15);
      expect(bands).toHaveLength(rows);
      expect(places.every(({ x }) => x >= 0 && x + square <= width + 0.5)).toBe(true);
    }
  });
});
