import { createClient } from '../../src/training/client.ts';
import type { Message } from '../../src/training/protocol.ts';
import { wasmSession } from './wasm.ts';

/** A client whose session is on this thread, on WebAssembly. */
export const connectWasm = (onMessage: (message: Message) => void) =>
  createClient(onMessage, () => {
    const listeners: ((message: Message) => void)[] = [];
    const { receive } = wasmSession((message) => {
      for (const listener of listeners) listener(message);
    });
    return { send: receive, listen: (listener) => listeners.push(listener), close: () => receive({ type: 'stop' }) };
  });
