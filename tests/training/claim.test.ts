import { describe, expect, it, vi } from 'vitest';
import { createClaim } from '../../src/training/claim.ts';

/** The locks of one origin. */
function fakeLocks() {
  const queues = new Map<string, Promise<unknown>>();
  const request = (name: string, { signal }: { readonly signal: AbortSignal }, hold: () => Promise<unknown>) => {
    const before = queues.get(name) ?? Promise.resolve();
    const mine = before.then(() => (signal.aborted ? undefined : hold()));
    queues.set(name, mine);
    return mine;
  };
  return { request } as unknown as Pick<LockManager, 'request'>;
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const ways = [
  ['by locks', () => ({ locks: fakeLocks() })],
  ['by asking', () => ({ open: () => new BroadcastChannel('test claims') })],
] as const;

describe.each(ways)('a run claimed %s', (_, means) => {
  it('is said to be taken while another tab has it, once, and not any other run', async () => {
    const given = means();
    const tabs = [createClaim(given, 20), createClaim(given, 20)] as const;
    const [first, second, other] = [vi.fn(), vi.fn(), vi.fn()];
    const let1 = tabs[0]('run a', first);
    await wait(40);
    const let2 = tabs[1]('run a', second);
    const let3 = tabs[1]('run b', other);
    await expect.poll(() => second.mock.calls.length).toBe(1);
    await wait(60);
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
    for (const release of [let1, let2, let3]) release();
  });

  it('and let go in time is free: a page that is left may take a moment', async () => {
    const given = means();
    const claim = createClaim(given, 60);
    const onTaken = vi.fn();
    const release = claim('run a', () => undefined);
    const next = claim('run a', onTaken);
    release();
    await wait(120);
    expect(onTaken).not.toHaveBeenCalled();
    next();
  });
});

it('where a browser has neither locks nor channels nobody is told', () => {
  const onTaken = vi.fn();
  createClaim({}, 0)('run a', onTaken)();
  expect(onTaken).not.toHaveBeenCalled();
});

it('a place that was busy, and hears of its own lock after its clock has run out, is told nothing', async () => {
  const late = { request: (_name: string, _options: object, hold: () => unknown) => wait(40).then(hold) };
  const onTaken = vi.fn();
  createClaim({ locks: late as unknown as Pick<LockManager, 'request'> }, 20)('run a', onTaken);
  await wait(400);
  expect(onTaken).not.toHaveBeenCalled();
});
