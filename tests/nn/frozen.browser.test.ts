import { beforeAll, expect, test } from 'vitest';
import { createFrozen } from '../../src/nn/frozen.ts';
import { releaseFlat, uploadFlat } from '../../src/nn/gpu/flat.ts';
import { fusedOn, setKernels } from '../../src/nn/kernels/kernel.ts';
import * as tf from '../../src/nn/tf.ts';

beforeAll(async () => {
  await tf.useBackend('webgl');
});

const row = 4096;
const counted = (from: number, length: number) => Float32Array.from({ length }, (_, i) => from + i);

test.each(['fused', 'plain'] as const)(
  'a weight that comes piece by piece is the whole of them, kernels %s',
  async (kernels) => {
    setKernels(kernels);
    const gpu = fusedOn();
    // What a run before left in a texture of that size has no part in it.
    if (gpu) releaseFlat(gpu, uploadFlat(gpu, new Float32Array(4 * row).fill(7)));
    const frozen = createFrozen();
    const shape = [2, row + 900];
    const filling = frozen.begin(shape);
    const end = 2 * row + 1800;
    filling.put(0, counted(0, row));
    filling.put(row, counted(row, row));
    filling.put(2 * row, counted(2 * row, end - 2 * row));
    const weight = filling.end();
    expect(weight.shape).toEqual(shape);
    const doubled = tf.tidy(() => tf.mul(weight, 2));
    expect(await doubled.data()).toEqual(counted(0, end).map((n) => 2 * n));
    doubled.dispose();
    frozen.dispose();
    expect(weight.isDisposed).toBe(true);
  },
);
