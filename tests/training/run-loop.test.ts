import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClient, type Port } from '../../src/training/client.ts';
import type { Command, Message } from '../../src/training/protocol.ts';
import { withSettings } from '../../src/training/settings.ts';
import { fakeSession, tiny } from './fake-session.ts';
import { memoryStore } from './memory-store.ts';

/** What was said of steps and evaluations, in a word each. */
const said = (heard: readonly Message[]) =>
  heard.flatMap((message) => {
    if (message.type === 'steps') return message.steps.map(({ step }) => `step ${step}`);
    return message.type === 'evaluated' ? [`evaluated ${message.at.step}`] : [];
  });

const busy = withSettings(tiny, { evaluateEvery: 1, steps: 4 });

describe('a run in training', () => {
  it('is said to be evaluated after the step that was, and before the next', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: withSettings(tiny, { evaluateEvery: 2, steps: 5 }) });
    await one.receive({ type: 'resume' });
    const order = ['step 1', 'step 2', 'evaluated 2', 'step 3', 'step 4', 'evaluated 4', 'step 5', 'evaluated 5'];
    expect(said(one.heard)).toEqual(['evaluated 0', ...order]);
    expect(one.heard.at(-1)).toEqual({ type: 'done', step: 5 });
  });

  it('hears a message while it trains, though nothing but its own work is waited for', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: withSettings(tiny, { steps: 5000, evaluateEvery: 5000 }) });
    setTimeout(() => void one.receive({ type: 'pause' }), 0);
    await one.receive({ type: 'resume' });
    expect(one.heard.some(({ type }) => type === 'done')).toBe(false);
    expect(said(one.heard).length).toBeLessThan(2000);
  });

  it('draws the same losses and is judged the same, however often it is evaluated and wherever it halts', async () => {
    const whole = fakeSession();
    await whole.receive({ type: 'start', run: busy });
    await whole.receive({ type: 'resume' });
    const halting = fakeSession();
    await halting.receive({ type: 'start', run: busy });
    for (const step of [1, 2, 3, 4]) await halting.receive({ type: 'runTo', step });
    const seldom = fakeSession();
    await seldom.receive({ type: 'start', run: withSettings(busy, { evaluateEvery: 100 }) });
    await seldom.receive({ type: 'resume' });
    const judged = ({ heard }: typeof whole) => heard.flatMap((one) => (one.type === 'evaluated' ? [one.at] : []));
    expect(judged(whole).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(judged(halting)).toEqual(judged(whole));
    expect(judged(seldom)).toEqual([judged(whole)[0], judged(whole)[4]]);
    for (const one of [halting, seldom]) expect(one.losses()).toEqual(whole.losses());
  });

  it('goes on while a state is being saved, which is that of its step', async () => {
    const store = memoryStore();
    const calm = fakeSession();
    await calm.receive({ type: 'start', run: tiny });
    await calm.receive({ type: 'resume' });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let saves = 0;
    const slow: typeof store = {
      ...store,
      async save(...given) {
        saves += 1;
        if (saves === 1) await held;
        return store.save(...given);
      },
    };
    const one = fakeSession({ store: slow });
    await one.receive({ type: 'start', run: tiny });
    one.listen((message) => {
      if (message.type === 'evaluated' && message.at.step === 0) void one.receive({ type: 'save' });
      if (message.type === 'evaluated' && message.at.step === 9) release();
    });
    await one.receive({ type: 'resume' });
    expect(one.losses()).toEqual(calm.losses());
    const kept = one.heard.flatMap((message) => (message.type === 'saved' ? [message.step] : []));
    expect(kept).toHaveLength(2);
    expect(kept[0]).toBeLessThan(9);
    const [step] = kept;
    const straight = fakeSession({ store: memoryStore() });
    await straight.receive({ type: 'start', run: tiny });
    await straight.receive({ type: 'runTo', step: step! });
    const weights = async ({ receive, heard }: typeof straight) => {
      await receive({ type: 'weights', id: 1 });
      return heard.flatMap((message) => (message.type === 'weights' ? [message.weights] : []))[0];
    };
    const state = await store.load(tiny, step);
    expect(state?.step).toBe(step);
    expect(Object.fromEntries(state!.weights)).toEqual(await weights(straight));
  });
});

describe('a training that is held back', () => {
  const numberOf = ({ losses }: ReturnType<typeof fakeSession>) => losses().length;

  it('draws the same losses, one after the other', async () => {
    const calm = fakeSession();
    await calm.receive({ type: 'start', run: tiny });
    await calm.receive({ type: 'resume' });
    const one = fakeSession();
    await one.receive({ type: 'pace', stepsPerSecond: 20 });
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'resume' });
    expect(said(one.heard)).toEqual(said(calm.heard));
    expect(one.losses()).toEqual(calm.losses());
  });

  it('for minutes a step pauses at once, and goes on at once when it is let go', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'pace', stepsPerSecond: 0.001 });
    let going = one.receive({ type: 'resume' });
    await expect.poll(() => numberOf(one), { timeout: 20_000 }).toBe(1);
    await one.receive({ type: 'pause' });
    await going;
    expect(one.heard.at(-1)).toEqual({ type: 'paused', step: 1 });
    going = one.receive({ type: 'resume' });
    await one.receive({ type: 'pace', stepsPerSecond: 0 });
    await going;
    expect(one.heard.at(-1)).toEqual({ type: 'done', step: 9 });
  });

  it('is saved at once when its page may be about to go', async () => {
    const one = fakeSession();
    await one.receive({ type: 'start', run: tiny });
    await one.receive({ type: 'pace', stepsPerSecond: 0.001 });
    const going = one.receive({ type: 'resume' });
    await expect.poll(() => numberOf(one), { timeout: 20_000 }).toBe(1);
    await one.receive({ type: 'save' });
    await one.until('saved');
    expect(numberOf(one)).toBe(1);
    await one.receive({ type: 'pause' });
    await going;
  });

  it('stays so where its session moves to', () => {
    const told: Command[][] = [[], []];
    const listeners: ((message: Message) => void)[] = [];
    const port = (commands: Command[]): Port => ({
      send: (command) => commands.push(command),
      listen: (listener) => listeners.push(listener),
      close: () => undefined,
    });
    const gl = { createElement: () => ({ getContext: () => ({ getExtension: () => null }) }) };
    vi.stubGlobal('document', gl);
    onTestFinished(() => void vi.unstubAllGlobals());
    const client = createClient(
      () => undefined,
      () => port(told[0]!),
      () => port(told[1]!),
    );
    client.send({ type: 'pace', stepsPerSecond: 5 });
    client.send({ type: 'start', run: tiny });
    listeners[0]!({ type: 'failed', code: 'no-webgl2', text: 'none' });
    expect(told[1]).toEqual([
      { type: 'pace', stepsPerSecond: 5 },
      { type: 'start', run: tiny },
    ]);
  });
});
