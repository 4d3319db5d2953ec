import { describe, expect, test } from 'vitest';
import HeadInside from '../../src/figures/HeadInside.svelte';
import {
  componentOf,
  describeHead,
  signed,
  spellScore,
  spellShare,
  summandsOf,
  tabulateHead,
  weightedSum,
} from '../../src/figures/head-inside.ts';
import { layoutHead } from '../../src/figures/head-inside-layout.ts';
import { boxOf, touches } from '../../src/figures/placed-text.ts';
import { specimens } from '../../src/figures/specimens/head-inside.ts';
import { drawn, fileOf } from './drawn.ts';

const names = Object.keys(specimens);
const small = {
  tokens: ['a', 'b', 'c', 'd', 'e', 'f'],
  query: 1,
  scores: [2, 1, 0, 0, 0, 9],
  mask: [true, true, true, true, true, false],
  shares: [0.5, 0.2, 0.1, 0.15, 0.05, 0],
  values: [1, 0, 2, 0, 4, 0, -2, 1, 8, 2, 100, 100],
  numbers: 2,
};

describe('one head for one query', () => {
  test.each(names)('draws %s', async (name) => {
    await expect(drawn(HeadInside, specimens[name]!)).toMatchFileSnapshot(fileOf('head-inside', name));
  });
  test('gathers share times value over all keys, also those without a line of their own', () => {
    expect(weightedSum(small)[0]).toBeCloseTo(0.5 + 0.4 + 0.4 - 0.3 + 0.4, 12);
    expect(weightedSum(small)[1]).toBeCloseTo(0.15 + 0.1, 12);
  });
  test('has a line for each of the four largest shares and one for the mean of the others', () => {
    const lines = summandsOf(small);
    expect(lines.map(({ key, keys }) => [key, keys])).toEqual([
      [0, 1],
      [1, 1],
      [3, 1],
      [2, 1],
      [undefined, 2],
    ]);
    expect(lines[4]!.value[0]).toBeCloseTo(8, 12);
  });
  test.each(names)('writes products that the lines add up to: %s', (name) => {
    const { width, size = 12, component, chips, before, after, ...head } = specimens[name]!;
    const chosen = componentOf(head, component);
    const sum = summandsOf(head).reduce((total, { share, value }) => total + share * value[chosen]!, 0);
    expect(sum).toBeCloseTo(weightedSum(head)[chosen]!, 10);
    const texts = layoutHead({ head, width, size, component, chips, before, after }).labels.map(({ text }) => text);
    expect(texts).toContain(signed(weightedSum(head)[chosen]!, 3));
    for (const { share, value } of summandsOf(head)) expect(texts).toContain(signed(share * value[chosen]!, 3));
  });
  test('writes out the largest number of the sum unless another is wanted', () => {
    expect([componentOf(small, undefined), componentOf(small, 1), componentOf(small, 7)]).toEqual([0, 1, 0]);
  });
  test('shows −∞ where the mask forbids a key, and draws its score as an outline', () => {
    const layout = layoutHead({ head: small, width: 700, size: 12 });
    expect(layout.labels.filter(({ text }) => text === '−∞')).toHaveLength(1);
    expect(layout.scores.masked.match(/M/g)).toHaveLength(1);
    expect(layout.mask.open.match(/M/g)).toHaveLength(5);
  });
  test.each(names.flatMap((name) => [358, 520, 760, 1096].map((width) => [name, width] as const)))(
    'lets no two words touch and none leave the picture: %s, %i wide',
    (name, width) => {
      const { width: _, size = 12, component, chips, before, after, ...head } = specimens[name]!;
      const layout = layoutHead({ head, width, size, component, chips, before, after });
      const boxes = layout.labels.map((label) => ({ text: label.text, ...boxOf(label) }));
      const table = {
        text: 'the cells',
        x: layout.table.x,
        y: layout.table.top,
        width: layout.table.cell * head.numbers,
        height: layout.table.bottom - layout.table.top,
      };
      const all = [...boxes, table];
      expect(all.flatMap((a, i) => all.slice(i + 1).flatMap((b) => (touches(a, b) ? [[a.text, b.text]] : [])))).toEqual(
        [],
      );
      expect(
        all.filter(
          ({ x, y, width: wide, height }) => x < 0 || y < 0 || x + wide > width + 0.5 || y + height > layout.height,
        ),
      ).toEqual([]);
    },
  );
  test('spells how a score and a share come about', () => {
    const terms = [
      { title: 'content', values: [3, 1, 0, 0, 0, 9] },
      { title: 'distance', values: [-1, 0, 0, 0, 0, 0] },
    ];
    expect(spellScore({ ...small, terms }, 0)[0]).toBe('a (0): content 3.00 + distance (−1.00) = 2.00');
    expect(spellScore({ ...small, asked: [1, 1] }, 1)[0]).toBe('b (1): query · key ÷ √2 = 1.41 ÷ 1.41 = 1.00');
    expect(spellShare({ ...small, shares: [0.5, 0.2, 0.1, 0.15, 0.05, 0] }, 5)[0]).toMatch(/−∞ stays −∞/);
    expect(spellShare({ ...small, shares: [7.389 / 13.107, 0, 0, 0, 0, 0] }, 0)[0]).toBe(
      'a (0): e to the 2.00 is 7.389, all 5 together 13.11; 7.389 ÷ 13.11 = 56 %',
    );
  });
  test('names what asks from another text, and colours no column', async () => {
    const elsewhere = { ...small, query: 1, asker: 'toad' };
    expect(describeHead(elsewhere)).toMatch(/^One head for the query toad \(1\) over 6 keys/);
    expect(layoutHead({ head: elsewhere, width: 700, size: 12 }).labels.map(({ text }) => text)).toContain(
      'what toad 1 gathers',
    );
  });
  test('is said in one sentence', () => {
    expect(describeHead(small)).toBe(
      'One head for the query b (1) over 6 keys: the mask forbids 1, softmax gives a (0) 50 %, b (1) 20 %, d (3) 15 % and c (2) 10 %, and number 1 of the 2 that it gathers is 1.400.',
    );
  });
  test('is a kernel over places that are counted from its first, also from before the text', () => {
    const kernel = { ...small, isKernel: true, first: -1 };
    expect(describeHead(kernel)).toMatch(/^One kernel for b \(0\) over 6 places: softmax gives a \(−1\) 50 %/);
    expect(tabulateHead(kernel).rows[0]![0]).toBe('a (−1)');
    expect(layoutHead({ head: kernel, width: 700, size: 12 }).labels.map(({ text }) => text)).toContain(
      'what b 0 gathers',
    );
  });
  test('has a table twin with a row a key and the sum', () => {
    const { rows } = tabulateHead(small);
    expect(rows[3]).toEqual(['d (3)', '0.00', '0', '0.1500', '−2.000', '−0.300']);
    expect(rows[5]!.slice(0, 4)).toEqual(['f (5)', '9.00', '−∞', '0.0000']);
    expect(rows.at(-1)).toEqual(['the sum', '', '', '1', '', '1.400']);
  });
});
