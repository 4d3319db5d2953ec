import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { fusedLinear, type LinearOptions } from '../../../src/nn/kernels/linear.ts';
import { createWeights } from '../../../src/nn/weights.ts';
import { describeRows } from '../../support/rows.ts';

const inputs =
  (rows: number, width: number, out: number, parts = 1) =>
  () => [
    random('x', [rows, width]),
    ...Array.from({ length: parts }, (_, i) => random(`w${i}`, [out, width], 0.3)),
    ...Array.from({ length: parts }, (_, i) => random(`b${i}`, [out])),
  ];
const op =
  (options: Partial<LinearOptions> = {}) =>
  (given: Parameters<typeof fusedLinear>[0]) =>
    fusedLinear(given, { parts: 1, bias: true, activation: 'none', ...options });

describeRows('the fused linear layer with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('equals the plain one, value and gradients', () => {
    expect(difference(op(), inputs(48, 32, 64))).toBeLessThan(1e-5);
  });

  it('does so at odd sizes', () => {
    expect(difference(op(), inputs(13, 7, 10))).toBeLessThan(1e-5);
    expect(difference(op(), inputs(1, 5, 1))).toBeLessThan(1e-5);
    expect(difference(op(), inputs(9, 12, 2))).toBeLessThan(1e-5);
  });

  it('does so with many rows, where the sum over them is split', () => {
    expect(difference(op(), inputs(1000, 8, 12))).toBeLessThan(1e-5);
  });

  it('joins weights that lie in one vector into one product', () => {
    const shapes = [[8, 16], [8, 16], [8, 16], [8], [8], [8]];
    const together = () => {
      const numbers = random('weights', [3 * 128 + 3 * 8]).dataSync() as Float32Array;
      const places = shapes.map((shape, i) => ({
        shape,
        size: i < 3 ? 128 : 8,
        offset: i < 3 ? i * 128 : 384 + (i - 3) * 8,
      }));
      return createWeights(places, { weights: numbers, first: numbers, second: numbers }).views();
    };
    expect(difference(op({ parts: 3 }), () => [random('x', [24, 16]), ...together()])).toBeLessThan(1e-5);
  });

  it('applies relu and tanh', () => {
    expect(difference(op({ activation: 'relu' }), inputs(11, 6, 9))).toBeLessThan(1e-5);
    expect(difference(op({ activation: 'tanh' }), inputs(11, 6, 9))).toBeLessThan(1e-5);
  });

  it('does without a bias', () => {
    expect(difference(op({ bias: false }), () => [random('x', [10, 6]), random('w', [8, 6])])).toBeLessThan(1e-5);
  });
});
