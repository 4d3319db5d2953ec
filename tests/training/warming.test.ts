import { describe, expect, it, vi } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { prepare } from '../../src/training/data.ts';
import { createFloors, createPreparing } from '../../src/training/prepared.ts';
import { withSettings } from '../../src/training/settings.ts';
import { createWarming, warmUp } from '../../src/training/warming.ts';
import { fakeSession, tiny } from './fake-session.ts';

/** As much as any device offers: on the CPU of a test nobody asks. */
const limits = { largest: 16_384, layers: 4 };

describe('an engine that is made ready for a run while the page is read', () => {
  it('says nothing else, holds nothing of it, and the run draws the numbers that it draws without', async () => {
    const cold = fakeSession();
    await cold.receive({ type: 'start', run: tiny });
    await cold.receive({ type: 'runTo', step: 3 });
    const warm = fakeSession({ limits });
    const before = tf.memory().numTensors;
    await warm.receive({ type: 'warm', run: tiny });
    await warm.receive({ type: 'warm', run: withSettings(tiny, { seed: 'another' }) });
    await warm.receive({ type: 'warm', run: tiny });
    await warm.receive({ type: 'stop' });
    expect(warm.heard.map(({ type }) => type)).toEqual(['ready', 'stopped']);
    expect(tf.memory().numTensors).toBe(before);
    await warm.receive({ type: 'start', run: tiny });
    await warm.receive({ type: 'runTo', step: 3 });
    expect(warm.losses()).toHaveLength(3);
    expect(warm.losses()).toEqual(cold.losses());
  });

  it('is ready once: turning a page does not make it ready again', async () => {
    const prepared = vi.fn(createPreparing());
    const means = { prepare: prepared, floorsOf: createFloors(), limits: () => undefined };
    const guarded = <T>(work: () => Promise<T>) => work();
    const warm = createWarming({ ...means, guarded, isBusy: () => false });
    await warm(tiny, Promise.resolve());
    await warm({ ...tiny }, Promise.resolve());
    expect(prepared).toHaveBeenCalledTimes(1);
    await warm(withSettings(tiny, { seed: 'another' }), Promise.resolve());
    expect(prepared).toHaveBeenCalledTimes(2);
  });

  it('does not complain of what cannot be trained before it is started', async () => {
    const small = fakeSession({ limits: { largest: 8, layers: 4 } });
    await small.receive({ type: 'warm', run: tiny });
    await small.receive({ type: 'stop' });
    expect(small.heard.map(({ type }) => type)).toEqual(['ready', 'stopped']);
    await small.receive({ type: 'start', run: tiny });
    expect(small.heard.map(({ type }) => type)).toContain('failed');
  });

  it('begins nothing more once somebody waits, and fetches no model', async () => {
    const data = await prepare(tiny.text);
    await tf.useBackend('cpu');
    const before = tf.memory().numTensors;
    const ops = vi.spyOn(tf.engine(), 'runKernel');
    /** Operations until somebody waits, at the so manieth look. */
    const until = async (look: number, run = tiny) => {
      ops.mockClear();
      let looks = 0;
      const means = { prepare: async () => data, floorsOf: createFloors(), limits: () => limits };
      await warmUp(run, { ...means, isInTheWay: () => ++looks >= look });
      return ops.mock.calls.length;
    };
    const done = [await until(1), await until(2), await until(3), await until(4), await until(5)];
    expect(done.slice(0, 2)).toEqual([0, 0]);
    expect(done.slice(1)).toEqual([...new Set(done.slice(1))].sort((a, b) => a - b));
    expect(await until(5, withSettings(tiny, { teacher: { stored: 'distillation/teacher' } }))).toBe(0);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('has read the text and worked out its lines by then', async () => {
    const means = { prepare: createPreparing(), floorsOf: vi.fn(createFloors()) };
    await warmUp(tiny, { ...means, limits: () => undefined, isInTheWay: () => false });
    const said: string[] = [];
    const data = await means.prepare(tiny.text, (text) => void said.push(text));
    expect(said).toEqual([]);
    expect(means.floorsOf.mock.calls).toEqual([[data, tiny]]);
    const floors = await means.floorsOf(data, tiny);
    expect(await means.floorsOf(data, tiny)).toBe(floors);
    const other = await means.floorsOf(data, withSettings(tiny, { seed: 'another' }));
    expect(other).not.toBe(floors);
    expect(other.uniform).toBe(floors.uniform);
  });
});
