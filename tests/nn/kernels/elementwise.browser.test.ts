import { beforeAll, expect, it } from 'vitest';
import { difference, openBackends, random } from '../../../src/checks/fused.ts';
import { createRng } from '../../../src/core/rng.ts';
import { setKernels } from '../../../src/nn/kernels/kernel.ts';
import { dropout, gelu, geluTanh } from '../../../src/nn/layers.ts';
import * as tf from '../../../src/nn/tf.ts';
import { describeRows } from '../../support/rows.ts';

describeRows('with %i rows a fragment', (layers) => {
  beforeAll(() => openBackends(layers));

  it('the fused gelu equals the plain one, in both forms', () => {
    expect(
      difference(
        ([x]) => gelu(x!),
        () => [random('x', [10, 13], 3)],
      ),
    ).toBeLessThan(1e-6);
    expect(
      difference(
        ([x]) => geluTanh(x!),
        () => [random('x', [2, 8, 16], 3)],
        // The tangent of the renderer and that of the CPU differ by more than the kernels do.
        'webgl',
      ),
    ).toBeLessThan(1e-6);
  });

  it('the fused gelu is within 5e-7 of the true one', () => {
    setKernels('fused');
    // gelu(1) = Φ(1), gelu(−3) = −3 Φ(−3), gelu(0.1) = 0.1 Φ(0.1), gelu(9) = 9.
    const [one, minusThree, tenth, nine] = gelu(tf.tensor1d([1, -3, 0.1, 9])).dataSync() as unknown as number[];
    expect(Math.abs(one! - 0.8413447461)).toBeLessThan(5e-7);
    expect(Math.abs(minusThree! + 0.0040496941)).toBeLessThan(5e-7);
    expect(Math.abs(tenth! - 0.0539827837)).toBeLessThan(5e-7);
    expect(nine).toBe(9);
  });

  it('the fused dropout zeroes the same places as the plain one', () => {
    const drop = { rate: 0.25, rng: createRng('a stream') };
    expect(
      difference(
        ([x]) => dropout(x!, drop),
        () => [random('x', [9, 7])],
      ),
    ).toBe(0);
  });

  it('the fused dropout zeroes the share it is told to', () => {
    setKernels('fused');
    const zeros = dropout(tf.ones([1000, 10]), { rate: 0.2, rng: createRng('b') })
      .dataSync()
      .filter((v) => v === 0).length;
    expect(zeros).toBeGreaterThan(1850);
    expect(zeros).toBeLessThan(2150);
  });
});
