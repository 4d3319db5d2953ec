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
  const plain = () => {
    isPlain = true;
    return { backend: 'wasm', adapter: adapterName() };
  };
  return {
    async start() {
      if (engine === 'wasm' && (await startPlain())) return plain();
      const problem = textureProblem();
      if (problem && engine === 'auto' && !passing.includes(problem.code) && (await startPlain())) return plain();
      if (problem) throw problem;
      await useBackend('webgl');
      if (engine === 'auto' && isSoftwareGpu() && (await isPlainFaster())) {
        plain();
        loseContext();
        return plain();
      }
      return { backend: 'webgl', adapter: adapterName() };
    },
    onLost: (listener) => onContextLost(() => !isPlain && listener()),
    isLost: () => !isPlain && isContextLost(),
    rebuild: rebuildBackend,
    limits: deviceLimits,
    lose: () => !isPlain && loseContext(),
  };
}
