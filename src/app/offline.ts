/** How much of the site is on this device, in bytes as the host stores them. */
export interface Kept {
  readonly bytes: number;
  readonly of: number;
  /** Why not all came; what did come stays. */
  readonly problem?: string;
  /** The last word of a long answer. */
  readonly isEnd?: boolean;
}

/** What the page asks the offline worker, with a port for the answers: how much it keeps, or to keep all. */
export interface OfflineAsk {
  readonly what: 'kept' | 'keep all';
}

/** The worker that keeps the site; undefined where the browser or the host allow none, and while there is none yet. */
const worker = (): ServiceWorker | null | undefined => navigator.serviceWorker?.controller;

/** How long a worker may take to say how much it keeps, in milliseconds: one of an earlier build never answers. */
const patienceMs = 5000;

function ask(what: OfflineAsk['what']): MessagePort | undefined {
  const { port1, port2 } = new MessageChannel();
  const asked = worker();
  asked?.postMessage({ what } satisfies OfflineAsk, [port2]);
  return asked ? port1 : undefined;
}

/** How much of the site this device keeps; undefined where nothing can be kept or nobody knows. */
export function countKept(): Promise<Kept | undefined> {
  const port = ask('kept');
  if (!port) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    port.onmessage = ({ data }) => {
      clearTimeout(timer);
      resolve(data as Kept);
    };
  });
}

/**
 * Keeps all of the site on this device. `onKept` hears how far it is, after each file; the last has `isEnd` or a
 * `problem`. Returns how to stop: what has come until then stays. Undefined where nothing can be kept.
 */
export function keepAll(onKept: (kept: Kept) => void): (() => void) | undefined {
  const port = ask('keep all');
  if (!port) return undefined;
  port.onmessage = ({ data }) => onKept(data as Kept);
  return () => port.postMessage('stop');
}
