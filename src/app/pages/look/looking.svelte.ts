import { AppError } from '../../../core/errors.ts';
import type { Chosen } from '../../../hub/gathered.ts';
import type { Found, Held } from './open.ts';

/** How far something is; `of` 0: nobody knows. */
export interface Stage {
  readonly text: string;
  readonly done: number;
  readonly of: number;
}

/** What a page knows of a model that came in files. */
export interface Looking {
  /** The model that is looked into; it stays until another one is ready. */
  readonly held: Held | undefined;
  /** One that may not fit, until somebody says that it is to be tried all the same. */
  readonly doubted: Found | undefined;
  readonly stage: Stage | undefined;
  readonly problem: string | undefined;
  take(files: Promise<readonly Chosen[]> | readonly Chosen[]): Promise<void>;
  tryAnyway(): Promise<void>;
  stop(): void;
}

/** What a person can cause is said as it is; of anything else that it happened. */
export const said = (error: unknown): string =>
  error instanceof AppError
    ? error.message
    : `The files could not be read: ${String((error as Error)?.message ?? error).slice(0, 200)}. Choose them again, or others.`;

/** To be called while a component is set up. */
export function createLooking(): Looking {
  let held = $state.raw<Held>();
  let doubted = $state.raw<Found>();
  let stage = $state.raw<Stage>();
  let problem = $state<string>();
  let reading = new AbortController();
  $effect(() => () => {
    reading.abort();
    held?.close();
  });

  /** Whatever was on its way is given up for this. */
  async function begin(text: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    reading.abort();
    const mine = new AbortController();
    reading = mine;
    problem = doubted = undefined;
    stage = { text, done: 0, of: 0 };
    try {
      await work(mine.signal);
    } catch (error) {
      if (!mine.signal.aborted) problem = said(error);
    } finally {
      if (reading === mine) stage = undefined;
    }
  }

  async function load(found: Found, signal: AbortSignal): Promise<void> {
    const { hold } = await import('./open.ts');
    const next = await hold(
      found,
      (text, done, of) => {
        if (!signal.aborted) stage = { text, done, of };
      },
      signal,
    );
    if (signal.aborted) return next.close();
    held?.close();
    held = next;
  }

  return {
    get held() {
      return held;
    },
    get doubted() {
      return doubted;
    },
    get stage() {
      return stage;
    },
    get problem() {
      return problem;
    },
    take: (files) =>
      begin('Reading the headers', async (signal) => {
        const [{ find }, chosen] = await Promise.all([import('./open.ts'), files]);
        const found = await find(chosen);
        signal.throwIfAborted();
        if (found.fit?.isBarred) problem = found.fit.text;
        else if (found.fit) doubted = found;
        else await load(found, signal);
      }),
    async tryAnyway() {
      const found = doubted;
      if (found) await begin('Reading the weights', (signal) => load(found, signal));
    },
    stop() {
      reading.abort();
      stage = undefined;
    },
  };
}
