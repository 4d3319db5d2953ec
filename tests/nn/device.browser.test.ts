import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  adapterName,
  deviceLimits,
  isContextLost,
  loseContext,
  onContextLost,
  rebuildBackend,
  textureProblem,
  useBackend,
} from '../../src/nn/device.ts';
import { allocateFlat } from '../../src/nn/gpu/flat.ts';
import { allocate, release } from '../../src/nn/gpu/sheet.ts';
import { gpuOf } from '../../src/nn/gpu/tensors.ts';
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
    const offered = (name: string) => (name === 'EXT_color_buffer_half_float' ? {} : null);
    vi.spyOn(WebGL2RenderingContext.prototype, 'getExtension').mockImplementation(offered as () => null);
    const problem = textureProblem();
    expect(problem?.code).toBe('half-float');
    expect(problem?.message).toMatch(/half-precision/);
  });

  it('is refused for what can be known where full textures are withheld: driver or browser', () => {
    vi.spyOn(WebGL2RenderingContext.prototype, 'getExtension').mockReturnValue(null);
    const problem = textureProblem();
    expect(problem?.code).toBe('unavailable');
    expect(problem?.message).toMatch(/no textures of full precision.*fingerprinting/);
    expect(problem?.message).not.toMatch(/half/);
  });

  it('is refused for the right reason where a browser gives random numbers for those that were computed', () => {
    vi.spyOn(WebGL2RenderingContext.prototype, 'readPixels').mockImplementation((...args: unknown[]) => {
      // As Firefox 153 did with privacy.resistFingerprinting.
      (args[6] as Float32Array).set([-82194.875, 2.48e-35, -3.06e-34, 5.15e-16]);
    });
    const problem = textureProblem();
    expect(problem?.code).toBe('unavailable');
    expect(problem?.message).toMatch(/other numbers.*resistFingerprinting/);
  });

  it('that loses its context while it is tried is not judged by that', () => {
    const { clearBufferfv } = WebGL2RenderingContext.prototype;
    vi.spyOn(WebGL2RenderingContext.prototype, 'clearBufferfv').mockImplementation(function (
      this: WebGL2RenderingContext,
      ...args: unknown[]
    ) {
      clearBufferfv.apply(this, args as Parameters<typeof clearBufferfv>);
      this.getExtension('WEBGL_lose_context')?.loseContext();
    });
    expect(textureProblem()?.code).toBe('context-lost');
  });

  it('is refused where numbers come back rounded', () => {
    vi.spyOn(WebGL2RenderingContext.prototype, 'readPixels').mockImplementation((...args: unknown[]) => {
      (args[6] as Float32Array).set([65504, 1, 0, -1]);
    });
    const problem = textureProblem();
    expect(problem?.code).toBe('half-float');
    expect(problem?.message).toMatch(/half-precision/);
  });

  it('says in a sentence that there is no memory left, once nothing is held that nobody uses', async () => {
    await rebuildBackend();
    const gpu = gpuOf()!;
    const idle = allocate(gpu, 8192, 512);
    release(gpu, idle);
    const lacking = vi.spyOn(WebGL2RenderingContext.prototype, 'getError');
    const { OUT_OF_MEMORY, NO_ERROR } = WebGL2RenderingContext;
    lacking.mockReturnValueOnce(OUT_OF_MEMORY).mockReturnValueOnce(NO_ERROR);
    expect(allocate(gpu, 8192, 516)).toMatchObject({ rows: 8192, cols: 516 });
    expect(gpu.gl.isTexture(idle.texture)).toBe(false);
    const [left, held] = [gpu.bytes, lacking.mock.calls.length];
    for (let i = 0; i < 2; i++) lacking.mockReturnValueOnce(OUT_OF_MEMORY).mockReturnValueOnce(NO_ERROR);
    expect(() => allocate(gpu, 8192, 520)).toThrow(/no room left.*Choose a smaller batch/);
    expect([gpu.bytes, lacking.mock.calls.length - held]).toEqual([left, 4]);
  });

  it('is not asked for a texture with a longer side than it offers: a sentence says so', async () => {
    await rebuildBackend({ largest: 2048, layers: 4 });
    expect(deviceLimits()).toMatchObject({ largest: 2048, layers: 4 });
    expect(allocate(gpuOf()!, 8192, 4).height).toBe(2048);
    expect(() => allocate(gpuOf()!, 8193, 4)).toThrow(/1 × 2,049 texels, and this device offers at most 2,048 × 2,048/);
    expect(() => allocateFlat(gpuOf()!, 2049 * 4096)).toThrow(/1,024 × 2,049 texels/);
    await rebuildBackend();
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
    expect(isContextLost()).toBe(true);
    await lost;
    await rebuildBackend();
    expect(isContextLost()).toBe(false);
    expect([...compute()]).toEqual(before);
    expect(before[0]).toBeCloseTo(-1.069045, 5);
  });

  it('tells nobody of a lost context that is replaced already', async () => {
    await useBackend('webgl');
    let told = 0;
    const stop = onContextLost(() => {
      told += 1;
    });
    loseContext();
    await rebuildBackend();
    await new Promise((resolve) => setTimeout(resolve, 100));
    stop();
    expect(told).toBe(0);
  });
});
