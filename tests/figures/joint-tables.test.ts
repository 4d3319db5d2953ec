import { describe, expect, test } from 'vitest';
import JointTables from '../../src/figures/JointTables.svelte';
import {
  bitsOf,
  cellText,
  chainBits,
  describeJoint,
  layoutJoint,
  productOf,
  strayShare,
  tabulateJoint,
} from '../../src/figures/joint.ts';
import { specimens } from '../../src/figures/specimens/joint-tables.ts';
import { drawn, fileOf } from './drawn.ts';

const cities = specimens['three cities']!;

describe('the tables of two holes', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(JointTables, specimens[name]!)).toMatchFileSnapshot(fileOf('joint-tables', name));
  });
  test('multiply what is guessed alone, and tell how much of it cannot be', () => {
    expect(productOf(cities)[1]).toEqual([0.125, 0.0625, 0.0625]);
    expect(strayShare(cities)).toBe(0.625);
    expect([cities.joint, productOf(cities)].map(bitsOf)).toEqual([1.5, 3]);
  });
  test('cost the same along either order: all at the first word, nothing at the second', () => {
    expect([0, 1].map((firstRead) => chainBits(cities, firstRead as 0 | 1))).toEqual([
      [1.5, 0],
      [1.5, 0],
    ]);
    const loose = { ...cities, joint: productOf(cities) };
    expect(chainBits(loose, 0)).toEqual([1.5, 1.5]);
  });
  test('say in one sentence what is possible and what is lost', () => {
    expect(describeJoint(cities)).toBe(
      'Together 3 of 9 pairs are possible, among them new york 50 %, buenos aires 25 % and tel aviv 25 %; guessed alone, 62.5 % of the belief goes to pairs that are not.',
    );
  });
  test('dash the pairs that the text never has, and only those', () => {
    expect(drawn(JointTables, cities).match(/stroke-dasharray="3 3"/g)).toHaveLength(6);
  });
  test('stand side by side where there is room, and within the width', () => {
    const tops = (width: number) => layoutJoint(cities, width, 15).corners.map(({ y }) => y);
    expect(tops(620)[0]).toBe(tops(620)[1]);
    expect(tops(260)[1]).toBeGreaterThan(tops(260)[0]!);
    for (const width of [260, 620]) {
      const { corners, cell } = layoutJoint(cities, width, 15);
      expect(corners[1]!.x + 3 * cell).toBeLessThanOrEqual(width);
    }
  });
  test('have a table twin with a row a pair', () => {
    expect(tabulateJoint(cities).rows[1]).toEqual(['new', 'aires', '0 %', '12.5 %']);
    expect([0, 0.0001, 0.015625, 0.125, 1].map(cellText)).toEqual(['0', '< .1', '1.6', '12.5', '100']);
  });
});
