import { createDevice } from './device.ts';
import type { Message } from './protocol.ts';
import { createSession } from './session.ts';
import { createBrowserStore } from './store.ts';

/**
 * The worker's session on the calling thread, which only the GPU can be trusted with: anything else would hold the page
 * up. Loaded only when needed: it brings TensorFlow.js into the page.
 */
export const createLocalSession = (post: (message: Message) => void) =>
  createSession(post, createDevice('webgl'), createBrowserStore());
