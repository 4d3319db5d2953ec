import { describe, expect, test } from 'vitest';
import PackRows from '../../src/figures/PackRows.svelte';
import { describePacking, filling, layoutKey, layoutPacking, tabulatePacking } from '../../src/figures/packing.ts';
import { specimens } from '../../src/figures/specimens/pack-rows.ts';
import { drawn, fileOf } from './drawn.ts';

const full = specimens['packed across documents']!;

describe('packed rows', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(PackRows, specimens[name]!)).toMatchFileSnapshot(fileOf('pack-rows', name));
  });
  test('say how full they are and how many borders they hold', () => {
    expect(filling(full)).toEqual({ taken: 57, places: 72 });
    expect(describePacking(full)).toBe(
      '3 rows of 24 places, 79 % of them filled, with 3 borders between documents within rows. 1: 92 %, 2: 71 % and 3: 75 %.',
    );
    expect(tabulatePacking(full).rows[2]).toEqual([
      ...[3, '18 of 24', '75 %', '5, 6 and 7'],
      'at last he found it . [SEP] a frog sang . [SEP] the sun rose .',
    ]);
  });
  test('give each token a place equally wide, and each piece a special token behind it', () => {
    const { rows, left, right, cell } = layoutPacking(full, 720, 15);
    expect((right - left) / cell).toBeCloseTo(24, 9);
    const [first] = rows;
    expect(first!.pieces.map(({ width }) => Math.round(width / cell))).toEqual([8, 11]);
    expect(first!.specials.map((x) => Math.round((x - left) / cell))).toEqual([0, 9, 21]);
    expect(first!.borders).toEqual([first!.pieces[1]!.x]);
    expect((first!.end - left) / cell).toBeCloseTo(22, 9);
  });
  test('have no border where one document goes on', () => {
    const { rows } = layoutPacking(specimens.pairs!, 720, 15);
    expect(rows.map(({ borders }) => borders.length)).toEqual([0, 1]);
  });
  test('name their documents wherever there is room for the number', () => {
    const { rows } = layoutPacking(specimens['on a phone']!, 330, 15);
    expect(rows[2]!.pieces.map(({ text }) => text.split(' ')[0])).toEqual(['5', '6', '7']);
  });
  test('have a key that breaks its line where there is no room', () => {
    const items = ['text, with its document', 'special token', 'another document'].map((label) => ({ label }));
    expect(layoutKey(items, 280, 12).map(({ line }) => line)).toEqual([0, 1, 1]);
    expect(layoutKey(items, 720, 12).every(({ line }) => line === 0)).toBe(true);
  });
});
