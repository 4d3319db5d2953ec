import { expect, it } from 'vitest';
import { multiplyAddsOf as toldOf } from '../../src/training/multiply-adds.ts';
import { multiplyAdds, sizes } from './causal.ts';
import { multiplyAddsOf } from './multiply-adds.ts';
import { runAt } from './points.ts';
import '../support/pictures.ts';

const tiny = { layers: 1, hidden: 8, maxLength: 16, batchSize: 3, vocabSize: 24, architecture: 'bert' };

it('multiply-adds of a step are those worked out by hand, three for each product that learns', async () => {
  const maps = 48 * 12 * 8 * 8;
  const attention = 48 * 2 * 16 * 8;
  // Two places a row.
  const head = 6 * (8 * 8 + 8 * 24);
  // Rows come without pairs: nothing goes back through the pair's head.
  const pair = 3 * (8 * 8 + 8 * 2);
  expect(await multiplyAddsOf(tiny)).toBe(3 * (maps + attention + head) + pair);
});

it('those of the task that is shared with others are its 107,216,896 of the maps and 16,777,216 of attention, thrice', () => {
  expect(multiplyAdds(sizes)).toBe(371_982_336);
});

it.each([
  {},
  { places: 'none', p2c: false },
  { version: 'v2', buckets: 4 },
  { version: 'v2', places: 'input', sharedKeys: false, c2c: false, reach: 1 },
])('those of content and place apart are told from shapes as they are counted: %o', async (architectureOptions) => {
  const point = { ...tiny, architecture: 'deberta', layers: 2 };
  const more = { architectureOptions };
  expect(toldOf(runAt(point, more), point.vocabSize)).toBe(await multiplyAddsOf(point, more));
});
