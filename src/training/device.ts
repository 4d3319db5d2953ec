import {
  adapterName,
  deviceLimits,
  isContextLost,
  loseContext,
  onContextLost,
  rebuildBackend,
  textureProblem,
  useBackend,
} from '../nn/device.ts';
import type { Device } from './context.ts';

/** The GPU of this thread, through WebGL 2. */
export function createDevice(): Device {
  return {
    async start() {
      const problem = textureProblem();
      if (problem) throw problem;
      await useBackend('webgl');
      return { backend: 'webgl', adapter: adapterName() };
    },
    onLost: onContextLost,
    isLost: isContextLost,
    rebuild: rebuildBackend,
    limits: deviceLimits,
    lose: loseContext,
  };
}
