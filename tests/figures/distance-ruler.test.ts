import { describe, expect, test } from 'vitest';
import DistanceRuler from '../../src/figures/DistanceRuler.svelte';
import { describeRuler, sharing, tabulateRuler } from '../../src/figures/ruler.ts';
import { specimens } from '../../src/figures/specimens/distance-ruler.ts';
import { drawn, fileOf } from './drawn.ts';

const far = specimens['far ones share a cell']!;

describe('the strip of distances', () => {
  test.each(Object.keys(specimens))('draws %s', async (name) => {
    await expect(drawn(DistanceRuler, specimens[name]!)).toMatchFileSnapshot(fileOf('distance-ruler', name));
  });
  test('dashes the threads of keys that share a cell, and only those', () => {
    const shared = far.tokens.filter((_, j) => sharing(far, j).length > 1);
    expect(drawn(DistanceRuler, far).match(/stroke-dasharray="4 3"/g)).toHaveLength(shared.length);
    expect(drawn(DistanceRuler, specimens['every distance apart']!)).not.toContain('stroke-dasharray');
  });
  test('says in one sentence how many share', () => {
    expect(describeRuler(far)).toBe('it (4) looks at 8 tokens by a strip of 6 cells: 3 of them share 1 cell.');
  });
  test('has a table twin with a row a key', () => {
    expect(tabulateRuler(far).rows[3]).toEqual([', (3)', '1 to the left', 4]);
    expect(tabulateRuler(far).rows[4]![1]).toBe('itself');
  });
});
