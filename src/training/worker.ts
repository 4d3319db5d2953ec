import { createDevice } from './device.ts';
import { isEngine } from './engine.ts';
import type { Command } from './protocol.ts';
import { createSession } from './session.ts';
import { createBrowserStore } from './store.ts';

/** A worker is called after what it shall compute with. */
const engine = isEngine(self.name) ? self.name : 'auto';

/** Listens, hands on, answers. Nothing else. */
const session = createSession((message) => self.postMessage(message), createDevice(engine), createBrowserStore());
self.addEventListener('message', ({ data }: MessageEvent<Command>) => void session.receive(data));
