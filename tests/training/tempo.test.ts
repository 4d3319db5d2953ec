import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTempo } from '../../src/training/tempo.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('an update waits out its share of a second since the one before, and none where nothing is set', () => {
  const tempo = createTempo();
  expect([tempo.wait(0), tempo.wait(1)]).toEqual([0, 0]);
  tempo.limit(5);
  expect(tempo.wait(1)).toBe(200);
  vi.advanceTimersByTime(150);
  expect(tempo.wait(1)).toBe(50);
  vi.advanceTimersByTime(50);
  expect(tempo.wait(1)).toBe(0);
  expect(tempo.wait(2)).toBe(200);
});

test('another limit holds for the update that is waiting', () => {
  const tempo = createTempo();
  tempo.limit(1);
  tempo.wait(0);
  expect(tempo.wait(1)).toBe(1000);
  tempo.limit(20);
  expect(tempo.wait(1)).toBe(50);
  tempo.limit(0);
  expect(tempo.wait(1)).toBe(0);
});

test('the first update and one after a rewind wait for nothing', () => {
  const tempo = createTempo();
  tempo.limit(1);
  expect(tempo.wait(7)).toBe(0);
  tempo.wait(8);
  vi.advanceTimersByTime(1000);
  expect(tempo.wait(0)).toBe(0);
});
