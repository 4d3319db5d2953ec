import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { multiplyAddsOf } from '../../src/training/multiply-adds.ts';
import { type Point, runAt } from '../bench/points.ts';

type Counted = Point & { readonly multiplyAdds: number };

test('multiply-adds from shapes are those counted in the products of real steps, for every size and architecture', () => {
  const { points } = JSON.parse(readFileSync('tests/bench/sweep.json', 'utf8')) as { points: readonly Counted[] };
  const told = points.map((point) => [point.architecture, multiplyAddsOf(runAt(point), point.vocabSize)]);
  expect(points).toHaveLength(27);
  expect(told).toEqual(points.map(({ architecture, multiplyAdds }) => [architecture, multiplyAdds]));
});
