import { describe, expect, test } from 'vitest';
import { hatch, layoutChips } from '../../src/figures/chip-layout.ts';
import { type Chip, describeChips, nameChip, tabulateChips } from '../../src/figures/chips.ts';
import { specimens } from '../../src/figures/specimens/token-strip.ts';
import TokenStrip from '../../src/figures/TokenStrip.svelte';
import { drawn, fileOf } from './drawn.ts';

describe('a token strip', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(TokenStrip, specimens[name]!)).toMatchFileSnapshot(fileOf('token-strip', name));
  });
  test('says how many tokens were hidden, replaced and kept, and where the loss is', () => {
    expect(describeChips(specimens['masked pair']!.chips)).toBe(
      '11 tokens: 2 hidden behind a mask, 1 replaced at random, 1 chosen but kept, loss at positions 3, 4, 7 and 9.',
    );
    expect(describeChips([{ token: 'a' }])).toBe('1 token: all untouched, none bears loss.');
  });
  test('puts a dot under each scored chip and under no other', () => {
    const dots = drawn(TokenStrip, specimens['masked pair']!).match(/fill="var\(--asked\)"/g);
    expect(dots).toHaveLength(4);
  });
  test('is a picture when nothing can be picked, and a group of buttons when it can', () => {
    const chips: readonly Chip[] = [{ token: 'a' }, { token: 'b', mark: 'hidden', original: 'c' }];
    expect(drawn(TokenStrip, { chips, width: 200 })).not.toContain('role="button"');
    const operable = drawn(TokenStrip, { chips, width: 200, onpick: () => undefined });
    expect(operable).toContain('role="group"');
    expect(operable).toContain('aria-label="position 1: b, was c, hidden behind a mask"');
    expect(operable.match(/tabindex="0"/g)).toHaveLength(1);
  });
});

describe('the layout of chips', () => {
  const chips: readonly Chip[] = [
    { token: 'one', segment: 0 },
    { token: 'two', segment: 0 },
    { token: 'three', segment: 1 },
  ];
  test('keeps one row where there is room and breaks where there is none', () => {
    expect(layoutChips(chips, 400, 10).placed.map(({ row }) => row)).toEqual([0, 0, 0]);
    expect(layoutChips(chips, 70, 10).placed.map(({ row }) => row)).toEqual([0, 0, 1]);
  });
  test('lets no chip reach beyond the width', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ token: 'x'.repeat((i % 7) + 1) }));
    const { placed } = layoutChips(many, 230, 16);
    expect(Math.max(...placed.map(({ x, width }) => x + width))).toBeLessThanOrEqual(229);
  });
  test('bands the segments, and breaks the band at a document', () => {
    expect(layoutChips(chips, 400, 10).bands.map(({ segment }) => segment)).toEqual([0, 1]);
    const broken = chips.map((chip, i) => ({ ...chip, segment: 0 as const, startsDocument: i === 1 }));
    expect(layoutChips(broken, 400, 10).bands).toHaveLength(2);
  });
});

test('hatching stays inside its box', () => {
  expect(hatch(0, 0, 4, 2, 2)).toBe('M0.0,2.0L2.0,0.0M2.0,2.0L4.0,0.0');
});

test('the table twin has a row a token', () => {
  const table = tabulateChips(specimens['masked pair']!.chips);
  expect(table.rows[4]).toEqual([4, 'apple', 'hairy', 'replaced at random', 'yes', 'A']);
  expect(nameChip({ token: 'he', startsDocument: true }, 6)).toBe('position 6: he, a new document begins here');
});
