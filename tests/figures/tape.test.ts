import { describe, expect, test } from 'vitest';
import { specimens } from '../../src/figures/specimens/tape.ts';
import Tape from '../../src/figures/Tape.svelte';
import {
  cornerOf,
  countAt,
  describeTape,
  layoutTape,
  progressText,
  tabulateTape,
} from '../../src/figures/tape-layout.ts';
import { chanceText, wrap } from '../../src/figures/text.ts';
import { drawn, fileOf } from './drawn.ts';

const { decisions } = specimens['all in sight']!;

describe('a tape', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(Tape, specimens[name]!)).toMatchFileSnapshot(fileOf('tape', name));
  });
  test('says how far it has come and what was drawn last', () => {
    expect(describeTape(decisions, 2)).toBe(
      '9 random decisions in the order drawn, 2 made so far; the last: Mask, random or keep? random.',
    );
    expect(describeTape(decisions, 0)).toBe('9 random decisions in the order drawn, 0 made so far.');
  });
  test('does not betray what is not drawn yet', () => {
    expect(drawn(Tape, { decisions, at: 2, width: 2000 })).not.toContain('apple');
    expect(drawn(Tape, { decisions, at: 3, width: 2000 })).toContain('apple');
  });
  test('sets a long answer in two lines before it is cut', () => {
    const long = [{ question: 'Does B follow A?', answer: 'no, they change places', position: 0, chance: 0.5 }];
    const { card } = layoutTape(1, 1, 130, 14);
    expect(card).toBeLessThan(130);
    const told = drawn(Tape, { decisions: long, at: 1, width: 130, size: 14 });
    expect(told).toMatch(/>\s*no, they\s*</);
    expect(told).toMatch(/>\s*change places\s*</);
  });
  test('says that there is nothing to draw where there is not', () => {
    expect([progressText(0, 0), progressText(0, 2), progressText(1, 2)]).toEqual([
      'nothing to draw',
      'nothing drawn yet, 2 to come',
      'draw 1 of 2',
    ]);
  });
  test('offers to draw anew only what was drawn', () => {
    const drawnTape = drawn(Tape, { decisions, at: 3, width: 2000, onredraw: () => undefined });
    expect(drawnTape.match(/aria-label="Draw \d+ anew/g)).toHaveLength(3);
  });
  test.each([358, 720])('shows all cards of a short one whole, %i px wide', (width) => {
    for (const count of [1, 3, 7, 12]) {
      const layout = layoutTape(count, count, width, 14);
      const corners = Array.from({ length: count }, (_, i) => cornerOf(i, layout));
      expect(Math.min(...corners.map(({ x }) => x))).toBeGreaterThanOrEqual(0);
      expect(Math.max(...corners.map(({ x }) => x + layout.card))).toBeLessThanOrEqual(width);
      expect(Math.max(...corners.map(({ y }) => y + layout.cardHeight))).toBeLessThanOrEqual(layout.cards + 0.001);
      expect(new Set(corners.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
    }
  });
  test('breaks a short one into lines of about the same number of cards', () => {
    const lines = (count: number) => layoutTape(count, 0, 720, 14).across;
    expect([1, 5, 6, 7, 12].map(lines)).toEqual([1, 5, 6, 4, 6]);
  });
  test('keeps the last draw of a long one in the middle, and does not run past its ends', () => {
    expect(layoutTape(19, 0, 760, 14).shift).toBe(-3);
    const { shift, card, gap } = layoutTape(19, 9, 760, 14);
    expect(8 * (card + gap) + card / 2 - shift).toBeCloseTo(380);
    expect(19 * (card + gap) - gap - layoutTape(19, 19, 760, 14).shift).toBeCloseTo(757);
  });
  test('turns a place on its track into a count of draws', () => {
    const layout = layoutTape(9, 0, 760, 14);
    expect([layout.track.from, layout.track.to].map((x) => countAt(x, 9, layout))).toEqual([0, 9]);
    expect(countAt(-50, 9, layout)).toBe(0);
    expect(countAt(380, 10, layout)).toBe(5);
  });
  test('has a table twin with a row a draw', () => {
    expect(tabulateTape(decisions).rows[2]).toEqual([3, 'Which substitute?', 'apple', 4, '1 in 600']);
  });
});

test('chances read as percent when large and as one in so many when small', () => {
  expect([1, 0.8, 0.1, 1 / 12, 1 / 30000, 0].map(chanceText)).toEqual([
    'certain',
    '80 %',
    '10 %',
    '1 in 12',
    '1 in 30,000',
    'never',
  ]);
});

test('words wrap at spaces and the rest is cut', () => {
  expect(wrap('Which position comes next?', 14, 2)).toEqual(['Which position', 'comes next?']);
  expect(wrap('one two three four five', 8, 2)).toEqual(['one two', 'three f…']);
});
