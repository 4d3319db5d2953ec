import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  adapterName,
  loseContext,
  onContextLost,
  rebuildBackend,
  textureProblem,
  useBackend,
} from '../../src/nn/device.ts';
import { setKernels } from '../../src/nn/kernels/kernel.ts';
import { layerNorm } from '../../src/nn/layers.ts';
import * as tf from '../../src/nn/tf.ts';

afterEach(() => vi.restoreAllMocks());

describe('the device', () => {
  it('is fit for training where numbers survive a texture', () => {
    expect(textureProblem()).toBeUndefined();
  });

  it('is refused in a sentence where there is no WebGL 2', () => {
    vi.spyOn(OffscreenCanvas.prototype, 'getContext').mockReturnValue(null);
    const problem = textureProblem();
    expect(problem?.code).toBe('no-webgl2');
    expect(problem?.message).toMatch(/no WebGL 2.*hardware acceleration/);
  });

  it('is refused in a sentence where textures hold only half floats', () => {
    vi.spyOn(WebGL2RenderingContext.prototype, 'getExtension').mockReturnValue(null);
    const problem = textureProblem();
    expect(problem?.code).toBe('half-float');
    expect(problem?.message).toMatch(/half-precision/);
  });

  it('is refused where numbers come back rounded', () => {
    vi.spyOn(WebGL2RenderingContext.prototype, 'readPixels').mockImplementation((...args: unknown[]) => {
      (args[6] as Float32Array).set([65504, 1, 0, -1]);
    });
    const problem = textureProblem();
    expect(problem?.code).toBe('half-float');
    expect(problem?.message).toMatch(/half-precision/);
  });

  it('says who draws', async () => {
    await useBackend('webgl');
    expect(adapterName()).toMatch(/\w+/);
    expect(adapterName()).not.toBe('cpu');
    await useBackend('cpu');
    expect(adapterName()).toBe('cpu');
  });

  it('tells of a lost context, and after rebuilding computes as before', async () => {
    await useBackend('webgl');
    setKernels('fused');
    const compute = () =>
      layerNorm(tf.tensor2d([[1, 2, 3, 6]]), { weight: tf.ones([4]), bias: tf.zeros([4]) }, 1e-12).dataSync();
    const before = [...compute()];
    const lost = new Promise<void>((resolve) => {
      const stop = onContextLost(() => {
        stop();
        resolve();
      });
    });
    loseContext();
    await lost;
    await rebuildBackend();
    expect([...compute()]).toEqual(before);
    expect(before[0]).toBeCloseTo(-1.069045, 5);
  });
});
