import { expect, test } from 'vitest';
import { placesOf } from '../../src/panels/run-axes.ts';
import { stepAt, stepsTo } from './made-runs.ts';

test('tokens add up from step to step, and lead back to the last step that had them', () => {
  const steps = [stepAt(1, { tokens: 30 }), stepAt(2, { tokens: 20 }), stepAt(3, { tokens: 50 })];
  const { xOf, stepOf } = placesOf('tokens', { steps })!;
  expect([0, 1, 2, 3].map(xOf)).toEqual([0, 30, 50, 100]);
  expect([0, 29, 30, 99, 100, 1000].map(stepOf)).toEqual([0, 0, 1, 2, 3, 3]);
});

test('seconds leave out pauses, and the leap back of a clock that began anew', () => {
  const at = [500, 1500, 61_500, 62_000, 10, 1010];
  const steps = at.map((atMs, i) => stepAt(i + 1, { atMs }));
  const { xOf, stepOf } = placesOf('seconds', { steps })!;
  // 1 s, a pause of a minute, 0.5 s, a new session, 1 s.
  expect([1, 2, 3, 4, 5, 6].map(xOf)).toEqual([0, 1, 1, 1.5, 1.5, 2.5]);
  expect([0, 1, 1.2, 1.5, 9].map(stepOf)).toEqual([1, 3, 3, 5, 6]);
});

test('a gap of just two seconds is training, one of more is a pause', () => {
  const xOf = (atMs: number) => placesOf('seconds', { steps: [stepAt(1, { atMs: 0 }), stepAt(2, { atMs })] })!.xOf(2);
  expect([xOf(2000), xOf(2001)]).toEqual([2, 0]);
});

test('multiply-adds are so many a step, also for a run whose steps were not kept', () => {
  const { xOf, stepOf } = placesOf('multiply-adds', { steps: [], perStep: 172_492_800 })!;
  expect(xOf(400)).toBe(68_997_120_000);
  expect([stepOf(68_997_120_000), stepOf(68_997_000_000)]).toEqual([400, 399]);
});

test('an axis that nothing is known of has no places; beyond its last step a run has none', () => {
  expect(placesOf('tokens', { steps: [] })).toBeUndefined();
  expect(placesOf('seconds', { steps: [] })).toBeUndefined();
  expect(placesOf('multiply-adds', { steps: stepsTo(3) })).toBeUndefined();
  expect(placesOf('tokens', { steps: stepsTo(3) })!.xOf(4)).toBeUndefined();
});
