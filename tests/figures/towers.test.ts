import { describe, expect, test } from 'vitest';
import { specimens } from '../../src/figures/specimens/towers.ts';
import Towers from '../../src/figures/Towers.svelte';
import { describeTowers, layoutTowers, outlineOf, tabulateTowers } from '../../src/figures/towers.ts';
import { drawn, fileOf } from './drawn.ts';

const shared = specimens['ways to share']!;
const second = specimens['every second floor']!;
const waisted = specimens['a narrow inside and a door']!;

describe('models as towers', () => {
  test.each(Object.keys(specimens))('draw %s', async (name) => {
    await expect(drawn(Towers, specimens[name]!)).toMatchFileSnapshot(fileOf('towers', name));
  });
  test('say how high, how wide, how often walked, and where a door is', () => {
    expect(describeTowers(shared)).toContain('ALBERT: 1 floor, 64 wide, walked 4 times.');
    expect(describeTowers(second)).toContain('DistilBERT: 6 floors, 768 wide. 6 floors linked.');
    expect(describeTowers(waisted)).toContain(
      'Student: 3 floors, 512 wide, 128 inside, with a door at floor 3: absolute places.',
    );
  });
  test('have a table twin with a row a tower, and only columns that say something', () => {
    expect(tabulateTowers(shared)).toEqual({
      columns: ['Tower', 'Floors', 'Width', 'Walked', 'Weights by floor', 'Note'],
      rows: [
        ['BERT', 4, '64', 'once', 'a, b, c, d', '206 k weights'],
        ['Attention shared', 4, '64', 'once', 'a b, a c, a d, a e', ''],
        ['ALBERT', 1, '64', '4 times', 'a', '56 k weights'],
      ],
    });
    expect(tabulateTowers(second).rows[1]?.at(-1)).toMatch(/^1 from BERT 1; 2 from BERT 3;.*6 from BERT 11$/);
  });
  test('are drawn to one scale and within the width, in rows where it is narrow', () => {
    for (const width of [340, 560, 720]) {
      const { towers, height } = layoutTowers(waisted, width, 14);
      const [teacher, student] = [towers[0]!.floors[0]!, towers[1]!.floors[0]!];
      expect(teacher.width / student.width).toBeCloseTo(2, 6);
      expect(student.waist! / student.width).toBeCloseTo(0.25, 6);
      for (const { floors } of towers)
        for (const box of floors) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(width);
          expect(box.y + box.height).toBeLessThan(height);
        }
    }
    const grounds = (width: number) =>
      new Set(layoutTowers(shared, width, 14).towers.map(({ floors }) => floors[0]!.y));
    expect(grounds(720).size).toBe(1);
    expect(grounds(340).size).toBeGreaterThan(1);
  });
  test('have a waist where they are narrower inside, and a bulge where they are wider', () => {
    const box = { x: 0, y: 0, width: 10, height: 4 };
    expect(outlineOf(box)).toBe('M0,0h10v4h-10z');
    expect(outlineOf({ ...box, waist: 4 })).toMatch(/^M0,0h10v1.04h-3/);
    expect(outlineOf({ ...box, waist: 16 })).toMatch(/^M0,0h10v1.04h3/);
  });
});
