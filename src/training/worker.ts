import { createDevice } from './device.ts';
import type { Command } from './protocol.ts';
import { createSession } from './session.ts';
import { createBrowserStore } from './store.ts';

/** Listens, hands on, answers. Nothing else. */
const session = createSession((message) => self.postMessage(message), createDevice(), createBrowserStore());
self.addEventListener('message', ({ data }: MessageEvent<Command>) => void session.receive(data));
