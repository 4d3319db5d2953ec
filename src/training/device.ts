import { AppError } from '../core/errors.ts';
import { adapterName, loseContext, onContextLost, rebuildBackend, textureProblem } from '../nn/device.ts';
import { useBackend } from '../nn/tf.ts';
import type { Device } from './session.ts';

/** The GPU of this thread, through WebGL 2. */
export function createDevice(): Device {
  return {
    async start() {
      const problem = await textureProblem();
      if (problem) throw new AppError(problem.code, problem.text);
      await useBackend('webgl');
      return { backend: 'webgl', adapter: adapterName() };
    },
    onLost: onContextLost,
    rebuild: rebuildBackend,
    lose: loseContext,
  };
}
