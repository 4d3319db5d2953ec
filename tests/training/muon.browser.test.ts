import { beforeAll, expect, it } from 'vitest';
import { rebuildBackend, useBackend } from '../../src/nn/device.ts';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import { followPyTorch } from '../support/muon.ts';
import { describeRows } from '../support/rows.ts';

describeRows('Muon on the GPU with %i rows a fragment', (layers) => {
  beforeAll(async () => {
    await useBackend('webgl');
    await rebuildBackend({ layers });
    setKernels('fused');
  });

  it('moves every weight as PyTorch does, over twenty updates', async () => {
    const { apart } = await followPyTorch();
    expect(apart).toBeLessThan(1e-4);
  });

  it('goes on from a saved state to the last digit', async () => {
    const [whole, broken] = [await followPyTorch(), await followPyTorch(10)];
    expect(broken.weights).toEqual(whole.weights);
  });
});
