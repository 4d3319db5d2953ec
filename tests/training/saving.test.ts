import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { Message } from '../../src/training/protocol.ts';
import { withSettings } from '../../src/training/settings.ts';
import { fakeSession, tiny } from './fake-session.ts';
import { memoryStore } from './memory-store.ts';

const long = withSettings(tiny, { evaluateEvery: 100 });
const savedAt = (heard: readonly Message[]) =>
  heard.flatMap((message) => (message.type === 'saved' ? [message.step] : []));

afterEach(() => vi.restoreAllMocks());

describe('a run in training', () => {
  it('is saved every ten seconds, however far its evaluations are apart, and draws the same curve', async () => {
    const calm = fakeSession();
    await calm.receive({ type: 'start', run: long });
    await calm.receive({ type: 'resume' });
    expect(savedAt(calm.heard)).toEqual([9]);
    const slow = fakeSession();
    await slow.receive({ type: 'start', run: long });
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 600;
      return now;
    });
    await slow.receive({ type: 'resume' });
    expect(savedAt(slow.heard).length).toBeGreaterThan(1);
    expect(slow.losses()).toEqual(calm.losses());
  });

  it('is saved at once when its page may be about to go, and goes on', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: long });
    one.listen((message) => {
      if (message.type === 'evaluated' && message.at.step === 0) void one.receive({ type: 'save' });
    });
    await one.receive({ type: 'resume' });
    const [early] = savedAt(one.heard);
    expect(early).toBeLessThan(9);
    expect(one.heard.at(-1)).toEqual({ type: 'done', step: 9 });
  });

  it('is saved when it is stopped, and can be taken up there', async () => {
    const store = memoryStore();
    const one = fakeSession({ store });
    await one.receive({ type: 'start', run: tiny });
    let stopping: Promise<void> | undefined;
    one.listen((message) => {
      if (message.type === 'evaluated' && message.at.step === 4) stopping = one.receive({ type: 'stop' });
    });
    await one.receive({ type: 'resume' });
    await stopping;
    expect(one.heard.at(-1)).toEqual({ type: 'stopped' });
    // Two updates may have been on their way.
    const step = one.losses().length;
    expect([4, 5, 6]).toContain(step);
    const next = fakeSession({ store });
    await next.receive({ type: 'start', run: tiny, resume: true });
    expect(next.heard.find(({ type }) => type === 'started')).toMatchObject({ step });
  });

  it('goes on, pauses and says why where nothing can be saved', async () => {
    const save = () => Promise.reject(new AppError('unavailable', 'no answer'));
    const one = fakeSession({ store: { ...memoryStore(), save } });
    await one.receive({ type: 'start', run: long });
    await one.receive({ type: 'runTo', step: 4 });
    expect(one.heard).toContainEqual({ type: 'notice', code: 'unavailable', text: 'no answer', about: 'saving' });
    expect(one.heard.at(-1)).toEqual({ type: 'paused', step: 4 });
    await one.receive({ type: 'resume' });
    expect(one.heard.at(-1)).toEqual({ type: 'done', step: 9 });
  });

  it('starts from its beginning and says why where what was saved cannot be read', async () => {
    const recall = () => Promise.reject(new AppError('unavailable', 'not now'));
    const one = fakeSession({ store: { ...memoryStore(), recall } });
    await one.receive({ type: 'start', run: long, resume: true });
    expect(one.heard).toContainEqual({ type: 'notice', code: 'unavailable', text: 'not now' });
    expect(one.heard.find(({ type }) => type === 'started')).toMatchObject({ step: 0 });
  });
});
