import { describe, expect, test } from 'vitest';
import { edgeBetween, type NodeBox } from '../../src/figures/family-edges.ts';

const box = (x: number, y: number): NodeBox => ({ x, y, width: 80, height: 30 });
const from = box(50, 50);
const to = box(450, 250);

describe('an edge of the family', () => {
  test('leaves and arrives along the way that time runs, and has its tip there', () => {
    expect(edgeBetween(from, to, [], true)).toMatchObject({
      path: 'M90,50C250,50 250,250 410,250',
      tip: 'M403,246L410,250L403,254',
    });
    expect(edgeBetween(from, to, [], false).path).toBe('M50,65C50,150 450,150 450,235');
  });
  test('is bent away from what stands in its straight way', () => {
    const between = box(250, 150);
    const bent = edgeBetween(from, to, [between], true);
    expect(bent.behind).toEqual([]);
    expect(bent.path).not.toBe(edgeBetween(from, to, [], true).path);
  });
  test('passes behind as few as can be where there is no way round, and says which', () => {
    const wall = [-50, 50, 150, 250, 350].map((y) => ({ x: 250, y, width: 80, height: 110 }));
    const { behind } = edgeBetween(from, to, wall, true);
    expect(behind.length).toBeGreaterThan(0);
    expect(wall).toEqual(expect.arrayContaining([...behind]));
  });
});
