import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { ContextLost, createContext, type Device } from '../../src/training/context.ts';

/** A GPU that is lost and had back at a word. */
function fakeDevice({ rebuilds = Number.POSITIVE_INFINITY }: { readonly rebuilds?: number } = {}) {
  let isLost = false;
  let left = rebuilds;
  let listener: () => void = () => undefined;
  const device: Device = {
    start: async () => ({ backend: 'webgl', adapter: 'a card' }),
    onLost: (said) => {
      listener = said;
    },
    isLost: () => isLost,
    rebuild: async () => {
      if (left === 0) throw new AppError('no-webgl2', 'none');
      left -= 1;
      isLost = false;
    },
    lose: () => {
      isLost = true;
      listener();
    },
    limits: () => undefined,
  };
  /** Lost, and nobody is told yet. */
  const loseSilently = () => {
    isLost = true;
  };
  return { device, loseSilently };
}

function contextOf(device: Device) {
  const events = {
    lost: vi.fn(),
    remake: vi.fn(async () => undefined),
    recovered: vi.fn(),
    stranded: vi.fn(),
  };
  return { context: createContext(device, events), events };
}

const never = () => new Promise<never>(() => undefined);

describe('work on the GPU', () => {
  it('that would never come back fails when the context is lost', async () => {
    const { device } = fakeDevice();
    const { context } = contextOf(device);
    await context.start();
    const work = context.guarded(never);
    device.lose();
    await expect(work).rejects.toBeInstanceOf(ContextLost);
  });

  it('that comes back with zeros, or fails in its own way, counts as lost before anyone is told', async () => {
    const { device, loseSilently } = fakeDevice();
    const { context } = contextOf(device);
    await context.start();
    const zeros = async () => {
      loseSilently();
      return 0;
    };
    await expect(context.guarded(zeros)).rejects.toBeInstanceOf(ContextLost);
    const broken = async () => {
      throw new Error('no texture');
    };
    await expect(context.guarded(broken)).rejects.toBeInstanceOf(ContextLost);
  });

  it('that fails for a reason of its own says it', async () => {
    const { context } = contextOf(fakeDevice().device);
    await context.start();
    const broken = async () => {
      throw new Error('no such tap');
    };
    await expect(context.surviving(broken)).rejects.toThrow('no such tap');
  });

  it('is done again in a new context, made once however many wait for it', async () => {
    const { device, loseSilently } = fakeDevice();
    const { context, events } = contextOf(device);
    await context.start();
    loseSilently();
    const work = async () => 7;
    expect(await Promise.all([context.surviving(work), context.surviving(work)])).toEqual([7, 7]);
    expect(events.lost).toHaveBeenCalledTimes(1);
    expect(events.remake).toHaveBeenCalledTimes(1);
    expect(events.recovered).toHaveBeenCalledTimes(1);
  });

  it('waits until all that was in the old context is made again', async () => {
    const { device } = fakeDevice();
    const { context, events } = contextOf(device);
    await context.start();
    let isMade = false;
    events.remake.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      isMade = true;
    });
    let isFirst = true;
    const work = context.surviving(async () => {
      if (!isFirst) return isMade;
      isFirst = false;
      return never();
    });
    await null;
    await null;
    device.lose();
    expect(await work).toBe(true);
  });

  it('that loses the context again and again is given up with a sentence', async () => {
    const { device } = fakeDevice();
    const { context } = contextOf(device);
    await context.start();
    const heavy = () => {
      device.lose();
      return never();
    };
    await expect(context.surviving(heavy)).rejects.toMatchObject({
      code: 'context-lost',
      message: expect.stringMatching(/smaller model/),
    });
  });

  it('that gets on between two losses is done however often the context is lost', async () => {
    const { device } = fakeDevice();
    const { context } = contextOf(device);
    await context.start();
    let step = 0;
    const run = async () => {
      step += 1;
      if (step < 9) device.lose();
      return context.guarded(async () => step);
    };
    expect(await context.retried(run, () => step)).toBe(9);
  });
});

describe('a context lost at rest', () => {
  it('is made anew unasked', async () => {
    const { device } = fakeDevice();
    const { context, events } = contextOf(device);
    await context.start();
    device.lose();
    await expect.poll(() => events.recovered.mock.calls.length).toBe(1);
    expect(device.isLost()).toBe(false);
  });

  it('and not to be had again is said once, and asked for again by the next work', async () => {
    vi.useFakeTimers();
    const { device } = fakeDevice({ rebuilds: 0 });
    const { context, events } = contextOf(device);
    await context.start();
    device.lose();
    await vi.runAllTimersAsync();
    expect(events.stranded).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/Reload the page/));
    const next = expect(context.surviving(async () => 7)).rejects.toMatchObject({ code: 'context-lost' });
    await vi.runAllTimersAsync();
    await next;
    expect(events.stranded).toHaveBeenCalledTimes(2);
    vi.useRealTimers();
  });
});

describe('a context lost while it is being made ready', () => {
  it('is made again', async () => {
    const { device } = fakeDevice();
    let starts = 0;
    const start = async () => {
      starts += 1;
      if (starts > 1) return { backend: 'webgl', adapter: 'a card' };
      device.lose();
      throw new Error('cannot compile');
    };
    const { context } = contextOf({ ...device, start });
    expect(await context.start()).toEqual({ backend: 'webgl', adapter: 'a card' });
    expect(await context.surviving(async () => 7)).toBe(7);
  });

  it('or just after, too', async () => {
    const { device } = fakeDevice();
    const start = async () => {
      device.lose();
      return { backend: 'webgl', adapter: 'a card' };
    };
    const { context, events } = contextOf({ ...device, start });
    await context.start();
    expect(events.recovered).toHaveBeenCalledTimes(1);
    expect(device.isLost()).toBe(false);
  });

  it('is no loss where the device is not fit for training', async () => {
    const { device } = fakeDevice();
    const start = () => Promise.reject(new AppError('half-float', 'half'));
    const { context } = contextOf({ ...device, start });
    await expect(context.start()).rejects.toMatchObject({ code: 'half-float' });
  });
});
