/** The one door to TensorFlow.js: nothing outside `nn/` names its packages. The core must be loaded before the gradients. */
export * from '@tensorflow/tfjs-core';

import * as core from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgl';

/** Makes `name` the backend; the CPU backend is loaded only when asked for. */
export async function useBackend(name: 'webgl' | 'cpu'): Promise<void> {
  if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu');
  const ready = await core.setBackend(name);
  if (!ready) throw new Error(`backend ${name} did not start`);
  await core.ready();
}
