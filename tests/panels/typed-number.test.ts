import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTypedNumber } from '../../src/panels/typed-number.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Places 0 to 19, what was told of them, and what stood there on the way. */
function listening() {
  const [told, seen]: [number[], string[]] = [[], []];
  const typed = createTypedNumber(
    (place) => place < 20,
    (place) => told.push(place),
    (digits) => seen.push(digits),
  );
  return { told, seen, typed };
}

test('digits typed quickly are one place, told when no further one comes', () => {
  const { told, seen, typed } = listening();
  typed.digit('1');
  typed.digit('4');
  expect([told, seen]).toEqual([[], ['1', '14']]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([14]);
});

test('a digit that would make a place that is none begins another one, and nothing is lost', () => {
  const { told, typed } = listening();
  for (const digit of ['1', '3', '4']) typed.digit(digit);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([13, 4]);
  for (const digit of ['5', '9']) typed.digit(digit);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([13, 4, 5, 9]);
});

test('what stands there can be taken at once, and only where something does', () => {
  const { told, typed } = listening();
  typed.digit('7');
  expect([typed.settle(), typed.settle()]).toEqual([true, false]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([7]);
});
