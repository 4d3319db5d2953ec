import { AppError } from '../core/errors.ts';
import type { Example } from '../objectives/objective.ts';
import type { Command, Evaluation, Message, Snapshot, Written } from './protocol.ts';

/** One end of a line to a session: in a worker, or on this very thread. */
export interface Port {
  send(command: Command): void;
  listen(listener: (message: Message) => void): void;
  /** Ends the session and all it holds. */
  close(): void;
}

/** A session as calls and promises. */
export interface Client {
  send(command: Command): void;
  inspect(example: Example, taps: readonly string[]): Promise<Readonly<Record<string, Snapshot>>>;
  weights(): Promise<Readonly<Record<string, Float32Array>>>;
  /** How well clean held-out text is read back, by loss name. */
  readBack(): Promise<Evaluation | undefined>;
  /** What the model writes for an example; training waits meanwhile. */
  write(example: Example, taps: readonly string[]): Promise<Written>;
  close(): void;
}

/** A session in a module worker: training never blocks the page. */
export function openWorker(): Port {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return {
    send: (command) => worker.postMessage(command),
    listen: (listener) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Message>) => listener(data));
      worker.addEventListener('error', ({ message }) => {
        const text = `The training worker could not be started: ${message || 'it failed to load'}. Reload the page to try again.`;
        listener({ type: 'failed', code: 'internal', text });
      });
    },
    close: () => worker.terminate(),
  };
}

/**
 * The same session on this thread, for browsers whose workers have no WebGL; an update is encoded in a few
 * milliseconds at a time.
 */
export function openLocal(): Port {
  const listeners: ((message: Message) => void)[] = [];
  const post = (message: Message) => {
    for (const listener of listeners) listener(message);
  };
  const session = import('./local.ts').then(({ createLocalSession }) => createLocalSession(post));
  return {
    send: (command) => void session.then(({ receive }) => receive(command)),
    listen: (listener) => listeners.push(listener),
    close: () => void session.then(({ receive }) => receive({ type: 'stop' })),
  };
}

/**
 * A client over a worker that moves to this thread by itself when the worker has no WebGL 2 and the page has:
 * what was sent until then is sent again.
 */
export function createClient(
  onMessage: (message: Message) => void,
  openFirst: () => Port = openWorker,
  openNext: () => Port = openLocal,
): Client {
  const waiting = new Map<number, { resolve: (message: Message) => void; reject: (error: Error) => void }>();
  const sent: Command[] = [];
  let nextId = 1;
  let port = openFirst();
  let moved = false;
  /** Once a session has a GPU it stays where it is, and nothing need be kept to send again. */
  let settled = false;

  function move(): void {
    moved = true;
    port.close();
    port = openNext();
    port.listen(hear);
    for (const command of sent.splice(0)) port.send(command);
  }

  function hear(message: Message): void {
    if (message.type === 'failed' && message.code === 'no-webgl2' && !moved && hasWebgl2()) {
      move();
      return;
    }
    if ('id' in message && message.id !== undefined) {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.type === 'failed') asked?.reject(new AppError(message.code, message.text, message.field));
      else asked?.resolve(message);
      return;
    }
    if (message.type === 'ready') {
      settled = true;
      sent.length = 0;
    }
    onMessage(message);
  }

  const send = (command: Command) => {
    if (!settled) sent.push(command);
    port.send(command);
  };
  const ask = (make: (id: number) => Command) =>
    new Promise<Message>((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      send(make(id));
    });

  port.listen(hear);
  return {
    send,
    inspect: async (example, taps) => {
      const message = await ask((id) => ({ type: 'inspect', id, example, taps }));
      return message.type === 'answer' ? message.value : {};
    },
    weights: async () => {
      const message = await ask((id) => ({ type: 'weights', id }));
      return message.type === 'weights' ? message.weights : {};
    },
    write: async (example, taps) => {
      const message = await ask((id) => ({ type: 'write', id, example, taps }));
      return message.type === 'written' ? message : { ids: [], step: 0, taps: {} };
    },
    readBack: async () => {
      const message = await ask((id) => ({ type: 'readBack', id }));
      return message.type === 'readBackAnswer' ? message.at : undefined;
    },
    close: () => port.close(),
  };
}

function hasWebgl2(): boolean {
  return typeof document !== 'undefined' && document.createElement('canvas').getContext('webgl2') !== null;
}
