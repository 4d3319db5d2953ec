import type { AppError } from '../core/errors.ts';
import {
  adapterName,
  deviceLimits,
  isContextLost,
  isPlainFaster,
  isSoftwareGpu,
  loseContext,
  onContextLost,
  rebuildBackend,
  startPlain,
  textureProblem,
  useBackend,
} from '../nn/device.ts';
import type { Device } from './context.ts';
import type { Engine } from './engine.ts';

/** Problems that another thread may not have, or another moment. */
const passing: readonly AppError['code'][] = ['no-webgl2', 'context-lost'];

/**
 * What computes on this thread: the GPU through WebGL 2, or WebAssembly where `auto` finds that to be faster or WebGL
 * of no use.
 */
export function createDevice(engine: Engine = 'auto'): Device {
  let isPlain = false;

  /** Makes one of the two the backend: true where it is WebAssembly. Throws what is wrong with the other. */
  async function isWithoutGpu(): Promise<boolean> {
    if (engine === 'wasm' && (await startPlain())) return true;
    const problem = textureProblem();
    if (problem && engine === 'auto' && !passing.includes(problem.code) && (await startPlain())) return true;
    if (problem) throw problem;
    await useBackend('webgl');
    return engine === 'auto' && isSoftwareGpu() && isPlainFaster();
  }

  return {
    async start() {
      isPlain = await isWithoutGpu();
      // Of a GPU that was only tried.
      if (isPlain) loseContext();
      return { backend: isPlain ? 'wasm' : 'webgl', adapter: adapterName() };
    },
    onLost: (listener) => onContextLost(() => !isPlain && listener()),
    isLost: () => !isPlain && isContextLost(),
    rebuild: rebuildBackend,
    limits: deviceLimits,
    lose: () => !isPlain && loseContext(),
  };
}
