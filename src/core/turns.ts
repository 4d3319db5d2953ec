/**
 * Work that would hold the thread too long gives the page a turn now and then: `await turns()` between two pieces of
 * it.
 */
export type Turns = () => Promise<void>;

/** Told how far a piece of work is. */
export type Progress = (done: number, of: number) => void;

/** Shorter than what counts as a long task (50 ms), with room for one piece of work. */
const heldMs = 20;

/**
 * Lets what came in meanwhile run. Promises alone never do: a message to a worker would wait for the end of its work.
 * A timer would, too, but browsers hold it back by 4 ms.
 */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

/** Lets others run whenever the thread has been held long enough; otherwise goes on at once. Throws when aborted. */
export function createTurns(signal?: AbortSignal): Turns {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < heldMs) return;
    await turn();
    signal?.throwIfAborted();
    since = performance.now();
  };
}
