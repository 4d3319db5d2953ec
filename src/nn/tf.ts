/**
 * The one door to TensorFlow.js: nothing outside `nn/` names its packages. The core must be loaded before the
 * gradients.
 */
export * from '@tensorflow/tfjs-core';

import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgl';

export { useBackend } from './device.ts';
