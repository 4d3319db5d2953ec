import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTable } from '../../src/training/database.ts';
import type { History, Step, TrainerState } from '../../src/training/protocol.ts';
import { departures, keyOf, runFrom, withSettings } from '../../src/training/settings.ts';
import { createBrowserStore, mostRuns } from '../../src/training/store.ts';

const run = runFrom({ seed: 'kept', layers: 1 });
const state = (step: number): TrainerState => {
  const weights = new Map([['w', new Float32Array(1000).fill(step)]]);
  return { step, weights, first: weights, second: weights };
};
const stepOf = (step: number): Step => ({ step, loss: 1, losses: {}, atMs: 0, tokens: 1, scoredShare: 1 });
const until = (step: number): History => ({
  steps: Array.from({ length: step }, (_, i) => stepOf(i + 1)),
  evaluations: [],
});

/** A table of its own for each test, which gives up soon. */
let names = 0;
const freshTable = (ms = 300) => openTable(`test ${names}`, 'runs', ms);
beforeEach(() => {
  names += 1;
});
afterEach(() => {
  vi.restoreAllMocks();
  indexedDB.deleteDatabase(`test ${names}`);
});

describe('runs at rest', () => {
  it('are had back as they were saved, with the room they take', async () => {
    const store = createBrowserStore(freshTable(4000));
    await store.save(run, state(5), until(5));
    expect(await store.load(run)).toEqual(state(5));
    const [kept] = await store.list();
    expect(kept).toMatchObject({ run, steps: [5], history: until(5) });
    // Three times 1,000 numbers of four bytes, and as much as five steps of history take.
    expect(kept!.bytes).toBeGreaterThan(12_000);
    expect(kept!.bytes).toBeLessThan(13_000);
  });

  it('of two tabs keep the later state and the longer history, whoever saves last', async () => {
    const [mine, other] = [createBrowserStore(freshTable(4000)), createBrowserStore(freshTable(4000))];
    await Promise.all([mine.save(run, state(9), until(9)), other.save(run, state(4), until(4))]);
    await other.save(run, state(5), until(5));
    expect((await mine.recall(run))!.steps).toEqual([4, 5, 9]);
    expect((await mine.recall(run))!.history.steps).toHaveLength(9);
    expect(await mine.load(run)).toEqual(state(9));
  });

  it('are the last few, and never without one that the run at hand begins with', async () => {
    const store = createBrowserStore(freshTable(4000));
    const named = withSettings(run, { seed: 'named' });
    const taught = withSettings(run, { start: { run: departures(named) } });
    let now = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => now++);
    await store.save(named, state(1), until(1));
    for (let i = 0; i < mostRuns; i++) await store.save(withSettings(run, { seed: `run ${i}` }), state(1), until(1));
    // The oldest goes, for the run that was saved last does not name it.
    expect(await store.recall(named)).toBeUndefined();
    await store.save(named, state(1), until(1));
    for (let i = 0; i < mostRuns - 1; i++)
      await store.save(withSettings(run, { seed: `new ${i}` }), state(1), until(1));
    await store.save(taught, state(1), until(1));
    const kept = (await store.list()).map((one) => keyOf(one.run));
    expect(kept).toContain(keyOf(named));
    expect(kept).toHaveLength(mostRuns + 1);
  });

  it('are removed with all their states', async () => {
    const table = freshTable(4000);
    const store = createBrowserStore(table);
    await store.save(run, state(5), until(5));
    await store.save(run, state(8), until(8));
    await store.remove(run);
    expect(await store.list()).toEqual([]);
    const count = await table(
      'readonly',
      (all) =>
        new Promise((resolve) => {
          const request = all.count();
          request.onsuccess = () => resolve(request.result);
        }),
    );
    expect(count).toBe(0);
  });

  it('let the database go when somebody wants to delete it, and open it again when next needed', async () => {
    const store = createBrowserStore(freshTable(4000));
    await store.save(run, state(5), until(5));
    const gone = await new Promise<string>((resolve) => {
      const request = indexedDB.deleteDatabase(`test ${names}`);
      request.onsuccess = () => resolve('deleted');
      request.onblocked = () => resolve('blocked');
    });
    expect(gone).toBe('deleted');
    await store.save(run, state(6), until(6));
    expect((await store.recall(run))!.steps).toEqual([6]);
  });
});

/** Every call of a store to this browser comes back within a second, a save with a sentence. */
async function expectBounded(said: { readonly code: string; readonly message: RegExp }): Promise<void> {
  const store = createBrowserStore(freshTable());
  const from = performance.now();
  await expect(store.save(run, state(5), until(5))).rejects.toMatchObject({
    code: said.code,
    message: expect.stringMatching(said.message),
  });
  await expect(store.recall(run)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(store.load(run)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(store.addFile('a', Uint8Array.of(1))).rejects.toMatchObject({ code: said.code });
  expect(await store.list()).toEqual([]);
  expect(await store.files()).toEqual([]);
  expect(await store.file('a')).toBeUndefined();
  expect(performance.now() - from).toBeLessThan(1000);
}

describe('a browser', () => {
  it('that saves nothing in private windows says so at once', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('not here', 'SecurityError');
    });
    await expectBounded({ code: 'unavailable', message: /private windows.*Training goes on/ });
  });

  it('that never answers is waited for once, and not again while it owes an answer', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => ({}) as IDBOpenDBRequest);
    await expectBounded({ code: 'unavailable', message: /does not answer.*Training goes on/ });
  });

  it('that opens but never answers a call is waited for no longer', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => ({}) as IDBRequest);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => ({}) as IDBRequest);
    const store = createBrowserStore(freshTable());
    await expect(store.save(run, state(5), until(5))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('whose database another tab holds says so', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      const request = {} as IDBOpenDBRequest;
      setTimeout(() => request.onblocked?.({} as IDBVersionChangeEvent), 5);
      return request;
    });
    await expectBounded({ code: 'unavailable', message: /does not answer/ });
  });

  it('that is full says so, and what is there can still be read', async () => {
    const table = freshTable(4000);
    const store = createBrowserStore(table);
    await store.save(run, state(5), until(5));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(store.save(run, state(6), until(6))).rejects.toMatchObject({ code: 'storage-full' });
    expect(await store.load(run)).toEqual(state(5));
  });

  it('that is nearly full keeps fewer frames and states, and the run goes on', async () => {
    const store = createBrowserStore(freshTable(4000));
    const frames = Array.from({ length: 7 }, (_, step) => ({ step, values: {} }));
    const history = (step: number) => ({ ...until(step), frames });
    for (const step of [1, 2, 3]) await store.save(run, state(step), history(step));
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if ((value.history?.frames.length ?? 0) > 3) throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    const kept = await store.save(run, state(4), history(4));
    expect(kept.steps).toEqual([4]);
    expect(kept.history.frames?.map(({ step }) => step)).toEqual([0, 3, 6]);
    expect(await store.load(run)).toEqual(state(4));
  });

  it('that answers late is asked again after that', async () => {
    const { open } = indexedDB;
    vi.spyOn(indexedDB, 'open').mockImplementation((name) => {
      const late = {} as { onsuccess?: () => void; onupgradeneeded?: () => void; result?: IDBDatabase };
      const request = open.call(indexedDB, name);
      request.onupgradeneeded = () => void request.result.createObjectStore('runs');
      request.onsuccess = () =>
        setTimeout(() => {
          late.result = request.result;
          late.onsuccess?.();
        }, 400);
      return late as unknown as IDBOpenDBRequest;
    });
    const store = createBrowserStore(freshTable(100));
    await expect(store.save(run, state(5), until(5))).rejects.toMatchObject({ code: 'unavailable' });
    await expect
      .poll(() =>
        store.save(run, state(5), until(5)).then(
          () => 'saved',
          () => 'not',
        ),
      )
      .toBe('saved');
  });
});
