import { AppError } from '../core/errors.ts';
import type { Limits } from '../core/textures.ts';

/** What a session needs of the machine it runs on. */
export interface Device {
  /** Makes the GPU ready; throws a sentence when it cannot be used: `no-webgl2`, `half-float`, … */
  start(): Promise<{ readonly backend: string; readonly adapter: string }>;
  /** Calls `listener` each time the GPU's context is lost, which may be a moment after `isLost` says so. */
  onLost(listener: () => void): void;
  isLost(): boolean;
  /** A new context in place of a lost one; all tensors of the old one are gone. Throws where none is to be had. */
  rebuild(): Promise<void>;
  lose(): void;
  /** What textures it offers; undefined where numbers do not lie in textures. */
  limits(): Limits | undefined;
}

/** What work on the GPU fails with when its context is gone. */
/** So long after a failure a lost context may be told of, in milliseconds. */
const lateMs = 400;

export class ContextLost extends Error {}

/** What happens around a lost context. */
export interface ContextEvents {
  /** The context is gone. */
  readonly lost: () => void;
  /** There is a new context: what was in the old one is to be made again. */
  readonly remake: () => Promise<void>;
  readonly recovered: () => void;
  /** No new context is to be had here, and this is why and what one may do. */
  readonly stranded: (text: string) => void;
}

/** Waits before each try to get a new context, in milliseconds: a crashed graphics process takes a while to return. */
const waits = [0, 100, 400, 1500];

/** Contexts lost one after the other before what was to be done with them is given up. */
const mostLosses = 4;

const noContext =
  'The graphics driver reset itself, and this browser gives no new WebGL context. Reload the page, or restart the browser if that does not help: the run can be resumed from its last saved step.';
const tooMany =
  'The graphics driver resets itself again and again at this very place. Choose a smaller model, batch or length, or reload the page and resume from the last saved step.';

/** The GPU context of a session: work that fails when it is lost, and is done again in a new one. */
export function createContext(device: Device, events: ContextEvents) {
  let started: ReturnType<Device['start']> | undefined;
  let isListening = false;
  let isOpen = false;
  /** Lost, and not yet replaced. */
  let isBroken = false;
  let healing: Promise<void> | undefined;
  let loseNow: () => void = () => undefined;
  let lost = new Promise<never>(() => undefined);

  function watch(): void {
    isBroken = false;
    lost = new Promise<never>((_, reject) => {
      loseNow = () => reject(new ContextLost('context lost'));
    });
    lost.catch(() => undefined);
  }

  function onLost(): void {
    isBroken = true;
    loseNow();
    // At rest nobody is waiting for the GPU, so nobody else would notice. Why it did not work is said by `stranded`.
    if (isOpen) healed().catch(() => undefined);
  }

  async function open(): ReturnType<Device['start']> {
    if (!isListening) device.onLost(onLost);
    isListening = true;
    watch();
    for (const wait of waits) {
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        const said = await device.start();
        isOpen = true;
        await healed();
        return said;
      } catch (error) {
        const isOfLoss = device.isLost() || (error instanceof AppError && error.code === 'context-lost');
        if (isOpen || !isOfLoss) throw error;
        await device.rebuild().then(watch, () => undefined);
      }
    }
    throw new AppError('context-lost', noContext);
  }

  /** Makes the GPU ready, once. */
  function start(): ReturnType<Device['start']> {
    started ??= open();
    started.catch(() => {
      started = undefined;
    });
    return started;
  }

  /**
   * Work that fails with `ContextLost` as soon as the context is lost: by itself a read of the GPU would never come
   * back, or come back with zeros.
   */
  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    const isLost = () => isBroken || device.isLost();
    // While a context is being made anew nobody else may use it.
    if (isLost()) throw new ContextLost('context lost');
    try {
      const value = await Promise.race([work(), lost]);
      if (!isLost()) return value;
    } catch (error) {
      // A driver that goes down fails first, and says only then that the context is lost.
      if (!(error instanceof ContextLost) && !(error instanceof AppError) && !isLost())
        await new Promise((resolve) => setTimeout(resolve, lateMs));
      if (!(error instanceof ContextLost) && !isLost()) throw error;
    }
    throw new ContextLost('context lost');
  }

  async function heal(): Promise<void> {
    events.lost();
    for (const wait of waits) {
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      try {
        await device.rebuild();
        watch();
        await guarded(events.remake);
        return events.recovered();
      } catch {
        // Whatever it was, the next try begins from nothing.
        isBroken = true;
      }
    }
    events.stranded(noContext);
    throw new AppError('context-lost', noContext);
  }

  /** Comes back when the context is whole. Throws `context-lost` where it cannot be made so. */
  function healed(): Promise<void> {
    // There may be a new context already, but not yet all that was in the old one.
    if (healing) return healing;
    if (!isBroken && !device.isLost()) return Promise.resolve();
    isBroken = true;
    loseNow();
    healing = heal().finally(() => {
      healing = undefined;
    });
    return healing;
  }

  /**
   * Does work that guards its own reads of the GPU, again from where it then stands whenever the context is lost
   * meanwhile. `progress` tells losses far apart from ones at the same place, of which only so many are borne.
   */
  async function retried<T>(work: () => Promise<T>, progress: () => unknown = () => undefined): Promise<T> {
    let place = progress();
    for (let losses = 1; ; losses++) {
      await healed();
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof ContextLost)) throw error;
        if (progress() !== place) losses = 1;
        place = progress();
        if (losses === mostLosses) throw new AppError('context-lost', tooMany);
      }
    }
  }

  return {
    start,
    guarded,
    retried,
    /** Work that is one read of the GPU, done again as often as the context is lost meanwhile. */
    surviving: <T>(work: () => Promise<T>): Promise<T> => retried(() => guarded(work)),
  };
}

export type GpuContext = ReturnType<typeof createContext>;
