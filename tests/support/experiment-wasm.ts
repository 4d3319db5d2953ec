import { createClient } from '../../src/training/client.ts';
import { createDevice } from '../../src/training/device.ts';
import type { Message } from '../../src/training/protocol.ts';
import { createSession } from '../../src/training/session.ts';
import { memoryStore } from '../training/memory-store.ts';
import { fetchFromDisk } from './files-fetched.ts';

fetchFromDisk();

/** A client whose session is on this thread, on WebAssembly, and keeps nothing. */
export const connectWasm = (onMessage: (message: Message) => void) =>
  createClient(onMessage, () => {
    const listeners: ((message: Message) => void)[] = [];
    const post = (message: Message) => {
      for (const listener of listeners) listener(message);
    };
    const { receive } = createSession(post, createDevice('wasm'), memoryStore(), () => () => undefined);
    return { send: receive, listen: (listener) => listeners.push(listener), close: () => receive({ type: 'stop' }) };
  });
