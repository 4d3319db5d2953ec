import { describe, expect, test } from 'vitest';
import { specimens } from '../../src/figures/specimens/token-bars.ts';
import TokenBars from '../../src/figures/TokenBars.svelte';
import { describeTokenBars, layoutTokenBars } from '../../src/figures/token-bars.ts';
import { drawn, fileOf } from './drawn.ts';

const { tokens, words } = specimens['three rows']!;

describe('tokens with bars', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(TokenBars, specimens[name]!)).toMatchFileSnapshot(fileOf('token-bars', name));
  });
  test('say what is surest, and for how many it is right', () => {
    expect(describeTokenBars(tokens, words)).toBe(
      '23 tokens, the bar: replaced. Highest: from 97 %, she 97 %, to 11 %. Right for 22 of 23.',
    );
  });
  test('become smaller where there is not the height for them, but not smaller than can be read', () => {
    const free = layoutTokenBars(tokens, 380, 16);
    expect(free.size).toBe(16);
    const fitted = layoutTokenBars(tokens, 380, 16, free.height - 30);
    expect(fitted.height).toBeLessThanOrEqual(free.height - 30);
    expect(fitted.size).toBeLessThan(16);
    expect(layoutTokenBars(tokens, 380, 16, 10).size).toBe(12);
  });
  test('have all of a row within the height, its bars too', () => {
    const { placed, bar, height } = layoutTokenBars(tokens, 380, 16, 195);
    expect(Math.max(...placed.map((at) => at.bar + bar))).toBeLessThanOrEqual(height);
  });
});
