import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blueprints } from '../../src/models/catalog.ts';
import { multiplyAddsOf } from '../../src/training/multiply-adds.ts';
import { multiplyAddsOf as counted } from '../bench/multiply-adds.ts';
import { middle, type Point, runAt } from '../bench/points.ts';
import '../support/pictures.ts';

type Counted = Point & { readonly multiplyAdds: number };

const stored = () => JSON.parse(readFileSync('tests/bench/sweep.json', 'utf8')) as { points: readonly Counted[] };

test('multiply-adds from shapes are those counted in the products of real steps, for every size and architecture', () => {
  const { points } = stored();
  const told = points.map((point) => [point.architecture, multiplyAddsOf(runAt(point), point.vocabSize)]);
  expect(points).toHaveLength(32);
  expect(told).toEqual(points.map(({ architecture, multiplyAdds }) => [architecture, multiplyAdds]));
});

test('so they are for architectures that the sweep does not hold', async () => {
  const known = stored().points.map(({ architecture }) => architecture);
  for (const architecture of Object.keys(blueprints).filter((id) => !known.includes(id))) {
    const point = { ...middle, architecture, hidden: 16, batchSize: 2, vocabSize: 32, maxLength: 16 };
    expect(multiplyAddsOf(runAt(point), point.vocabSize), architecture).toBe(await counted(point));
  }
});
