import { describe, expect, test } from 'vitest';
import { allBut, others } from '../../src/core/pattern.ts';
import LeakRows from '../../src/figures/LeakRows.svelte';
import { describeLeak, layoutLeak, looksOf, tabulateLeak } from '../../src/figures/leak.ts';
import { specimens } from '../../src/figures/specimens/leak-rows.ts';
import { drawn, fileOf } from './drawn.ts';

const tokens = ['a', 'b', 'c'];
const round = { tokens, layers: [others(3), others(3)], answer: 1, isThere: true };
const closed = { ...round, layers: [allBut(3, 1), allBut(3, 1)] };
const gone = { ...round, isThere: false };
const residual = (svg: string) => svg.match(/<path d="M[\d.,]+V[\d.]+" stroke="var\(--asked\)"/g)?.length ?? 0;

describe('the rows of a leak', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(LeakRows, specimens[name]!)).toMatchFileSnapshot(fileOf('leak-rows', name));
  });
  test('draw only the looks that bring a word back to its own position', () => {
    expect(looksOf(round).map(({ layer, from, to }) => `${layer}: ${from} to ${to}`)).toEqual([
      '0: 1 to 0',
      '0: 1 to 2',
      '1: 0 to 1',
      '1: 2 to 1',
    ]);
    expect(looksOf(closed)).toEqual([]);
    expect(looksOf(gone)).toEqual([]);
  });
  test('draw the residual path through every layer as long as the word is in the input', () => {
    expect([round, closed, gone].map((leak) => residual(drawn(LeakRows, { ...leak, width: 300 })))).toEqual([2, 2, 0]);
  });
  test('say who holds something of the word, and how it came there', () => {
    expect(describeLeak(round)).toBe(
      'Who holds something of b (1): after layer 1 3 positions, after layer 2 3 positions. Its own position holds it by attention and by the residual path.',
    );
    expect(describeLeak(closed)).toContain('after layer 2 1 position. Its own position holds it by the residual path.');
    expect(describeLeak(gone)).toBe('The word at position 1 is not in the input: no position holds anything of it.');
  });
  test('have a table twin with a row a position', () => {
    expect(tabulateLeak(closed).columns).toEqual(['Position', 'Token', 'Input', 'After layer 1', 'After layer 2']);
    expect(tabulateLeak(closed).rows[1]).toEqual([1, 'b', 'holds it', 'holds it', 'holds it']);
    expect(tabulateLeak(closed).rows[0]).toEqual([0, 'a', '', '', '']);
  });
  test('keep one line of tokens within the width, cut where they would be smaller than 12 px', () => {
    const words = ['[CLS]', 'everybody', 'sees', 'everybody', 'else', '[SEP]'];
    for (const width of [240, 340, 700]) {
      const { columns, type } = layoutLeak(words, 3, width, 16);
      expect(columns.at(-1)!.x + columns.at(-1)!.width).toBeLessThanOrEqual(width);
      expect(type).toBeGreaterThanOrEqual(12);
    }
    expect(layoutLeak(words, 3, 340, 16)).toMatchObject({ isTurned: false, letters: 8 });
  });
  test('turn their tokens where a line of them would be cut to a few letters', () => {
    const many = Array.from({ length: 15 }, (_, i) => (i === 3 ? 'wednesday' : 'word'));
    const { isTurned, letters, box, columns } = layoutLeak(many, 3, 350, 10);
    expect([isTurned, letters]).toEqual([true, 9]);
    expect(box).toBeGreaterThan(9 * 0.6 * 12);
    expect(columns.at(-1)!.x + columns.at(-1)!.width).toBeLessThanOrEqual(350);
    const long = Array.from({ length: 60 }, () => 'wednesday');
    expect(layoutLeak(long, 3, 350, 10).isTurned).toBe(false);
  });
});
