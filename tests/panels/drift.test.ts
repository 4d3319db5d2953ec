import { expect, test } from 'vitest';
import { changesOf, driftLines } from '../../src/panels/drift.ts';
import type { Bytes, Frame } from '../../src/training/probed.ts';

const state = (...data: readonly number[]): Bytes => ({ shape: [2, 2], data: Int8Array.from(data), scale: 0.5 });
const frame: Frame = {
  step: 3,
  values: {
    'attention.0': state(0, 0, 0, 0),
    'hidden.0': state(10, 0, 0, 10),
    'hidden.1': state(0, 10, 0, 10),
    'hidden.2': state(0, 20, 0, 20),
  },
};

test('a pass that turns one state of two by a right angle turns them by 45 degrees on average', () => {
  expect(changesOf(frame, 'angle').map((x) => Math.round(x * 1e6) / 1e6)).toEqual([45, 0]);
});
test('a pass that makes states twice as long goes a step of their own length', () => {
  expect(changesOf(frame, 'step')[1]).toBeCloseTo(100, 9);
  expect(changesOf(frame, 'step')[0]).toBeCloseTo(50 * Math.SQRT2, 9);
});
test('passes are counted from 1', () => {
  expect(driftLines([frame], 'angle')[0]).toMatchObject({ name: 'step 3', points: [{ x: 1 }, { x: 2 }] });
});
