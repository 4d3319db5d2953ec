import { AppError } from '../core/errors.ts';
import type { Chosen } from '../hub/gathered.ts';
import type { Example } from '../objectives/objective.ts';
import { type Engine, readEngine } from './engine.ts';
import type { Frame } from './probed.ts';
import type { Command, Evaluation, Message, OtherQuestion, Snapshot, Whereabouts, Written } from './protocol.ts';

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
  /** How well another question than the run's own is answered; of pairs, by that pairing's name. */
  judgeBy(question: OtherQuestion): Promise<Evaluation | undefined>;
  /** What the model writes for an example; training waits meanwhile. */
  write(example: Example, taps: readonly string[]): Promise<Written>;
  /** Saves the run and ends it; comes back when that is done, or has taken too long. */
  close(): Promise<void>;
}

/** The same session as what looks into models that came in files. */
export interface Viewer {
  /** Opens one in place of the one before; `stage` tells how far its weights are read. */
  open(files: readonly Chosen[]): Promise<void>;
  /** What the opened model says of an example. */
  view(example: Example): Promise<Frame>;
}

/** How long a run may take to be saved when its page is left, in milliseconds. */
const closingMs = 4000;

/** A session in a module worker: training never blocks the page. */
export function openWorker(engine: Engine = readEngine()): Port {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: engine });
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
 * A client over a worker that moves to this thread by itself when the worker has no WebGL 2, or gets no new context
 * after it lost one, and the page has; and to a worker without WebGL when neither has. What was sent and not answered
 * is sent again.
 */
export function createClient(
  onMessage: (message: Message) => void,
  openFirst: () => Port = openWorker,
  openNext: () => Port = openLocal,
  openPlain: () => Port = () => openWorker('wasm'),
): Client & Viewer {
  interface Asked {
    readonly command: Command;
    readonly resolve: (message: Message) => void;
    readonly reject: (error: Error) => void;
  }
  const waiting = new Map<number, Asked>();
  const sent: Command[] = [];
  let nextId = 1;
  let port = openFirst();
  let moved = false;
  let isPlain = false;
  /** Once a session has a GPU nothing need be kept to send again but the run that is being made. */
  let settled = false;
  let making: Command | undefined;
  let pace: Command | undefined;
  let hasRun = false;
  let onClosed: (() => void) | undefined;

  function move(again: readonly Command[], open = openNext): void {
    moved = true;
    port.close();
    port = open();
    port.listen(listenTo(port));
    for (const command of [...(pace ? [pace] : []), ...again]) port.send(command);
  }

  /** Goes on with a run where there is a GPU. */
  function carryOn(from: Whereabouts | undefined): void {
    const questions = [...waiting.values()].map(({ command }) => command);
    const isGoing = from && from.goal > from.state.step;
    move([
      ...(from ? [{ type: 'start', run: from.run, from } as const] : making ? [making] : []),
      ...questions,
      ...(isGoing ? [{ type: 'runTo', step: from.goal } as const] : []),
    ]);
  }

  /** What an old port still says is not heard any more. */
  const listenTo = (mine: Port) => (message: Message) => {
    if (mine === port) hear(message);
  };

  function hear(message: Message): void {
    if (onClosed) {
      if (message.type === 'stopped') onClosed();
      return;
    }
    const canMove = () => !moved && hasWebgl2();
    if (message.type === 'failed' && message.code === 'no-webgl2' && !settled && !isPlain) {
      isPlain = !canMove();
      move([...sent], isPlain ? openPlain : openNext);
      return;
    }
    if (message.type === 'stranded') {
      if (canMove()) carryOn(message.from);
      else onMessage({ type: 'failed', code: 'context-lost', text: message.text });
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
    } else if (message.type === 'started') {
      making = undefined;
      hasRun = true;
    }
    onMessage(message);
  }

  const send = (command: Command) => {
    if (command.type === 'start') making = command;
    // How fast it goes is for the session to know, wherever that moves.
    if (command.type === 'pace') pace = command;
    else if (!settled) sent.push(command);
    port.send(command);
  };
  const ask = (make: (id: number) => Command) =>
    new Promise<Message>((resolve, reject) => {
      const id = nextId++;
      const command = make(id);
      waiting.set(id, { command, resolve, reject });
      send(command);
    });
  const judge = async (by?: OtherQuestion) => {
    const message = await ask((id) => ({ type: 'judge', id, by }));
    return message.type === 'judged' ? message.at : undefined;
  };

  port.listen(listenTo(port));
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
    open: async (files) => void (await ask((id) => ({ type: 'open', id, files }))),
    view: async (example) => {
      const message = await ask((id) => ({ type: 'view', id, example }));
      return message.type === 'viewed' ? message.frame : { step: 0, values: {} };
    },
    readBack: () => judge(),
    judgeBy: judge,
    async close() {
      if (hasRun && !onClosed)
        await new Promise<void>((resolve) => {
          onClosed = resolve;
          setTimeout(resolve, closingMs);
          port.send({ type: 'stop' });
        });
      port.close();
    },
  };
}

/** Whether this thread has a WebGL 2 context to give; the one it is asked with is given back. */
function hasWebgl2(): boolean {
  const gl = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}
