import { expect, it } from 'vitest';
import { exponentOf } from './exponent.ts';

const at = (f: (x: number) => number) => [64, 128, 256, 512, 1024].map((x) => [x, f(x)] as const);

it('the exponent is that of a power, whatever it is multiplied with, and between those of a sum', () => {
  expect(exponentOf(at((x) => 3 * x))).toBeCloseTo(1, 10);
  expect(exponentOf(at((x) => 0.01 * x ** 2))).toBeCloseTo(2, 10);
  const mixed = exponentOf(at((x) => x ** 2 + 200 * x));
  expect(mixed).toBeGreaterThan(1.2);
  expect(mixed).toBeLessThan(1.8);
});
