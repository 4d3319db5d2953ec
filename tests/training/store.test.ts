import { describe, expect, it } from 'vitest';
import { areFrames, mostStates, roomOf, thinned, thinnedFrames } from '../../src/training/keeping.ts';
import { defaultRun, runFrom } from '../../src/training/settings.ts';
import { isKept, isState, type KeptRun } from '../../src/training/store.ts';

describe('the steps whose states are kept', () => {
  it('are all of them while they are few, in order and once each', () => {
    expect(thinned([40, 10, 20, 10])).toEqual([10, 20, 40]);
  });

  it('are spaced evenly in their logarithm when they are many, the last one among them', () => {
    let kept: readonly number[] = [];
    for (let step = 10; step <= 2000; step += 10) kept = thinned([...kept, step]);
    expect(kept).toHaveLength(mostStates);
    expect(kept.at(-1)).toBe(2000);
    expect(kept[0]).toBe(10);
    const ratios = kept.slice(1).map((step, i) => step / kept[i]!);
    expect(Math.max(...ratios)).toBeLessThan(5);
  });
});

describe('the frames that are kept', () => {
  const frames = Array.from({ length: 10 }, (_, step) => ({
    step,
    values: { a: { shape: [4], data: new Uint8Array(4), scale: 1 } },
  }));

  it('are fewer where there is little room, the last one among them', () => {
    expect(thinnedFrames(frames, 3).map(({ step }) => step)).toEqual([0, 3, 6, 9]);
    expect(thinnedFrames(frames, 1)).toEqual(frames);
    expect(thinnedFrames(frames, 0)).toEqual([]);
  });

  it('count in what a run takes, and are only those that can be drawn', () => {
    const weights = new Map([['w', Float32Array.of(1, 2)]]);
    const state = { step: 5, weights, first: weights, second: weights };
    const room = (some: typeof frames) => roomOf(state, 2, { steps: [], evaluations: [], frames: some });
    expect(room([])).toBe(48);
    expect(room(frames) - room([])).toBeGreaterThanOrEqual(40);
    expect(areFrames(frames)).toBe(true);
    expect([areFrames([null]), areFrames([{ step: 1 }]), areFrames('x')]).toEqual([false, false, false]);
  });
});

describe('what is read from the browser', () => {
  const kept: KeptRun = {
    version: 2,
    run: defaultRun,
    history: { steps: [], evaluations: [] },
    steps: [5],
    savedAt: 0,
  };
  const weights = new Map([['w', Float32Array.of(1, 2)]]);
  const state = { step: 5, weights, first: weights, second: weights };

  it('is a run only if it is whole and the very one', () => {
    expect(isKept(kept, defaultRun)).toBe(true);
    expect(isKept(kept, runFrom({ layers: 3 }))).toBe(false);
    for (const broken of [null, 7, {}, { ...kept, version: 1 }, { ...kept, steps: [] }, { ...kept, history: {} }])
      expect(isKept(broken, defaultRun)).toBe(false);
    expect(isKept({ ...kept, history: { steps: ['x'], evaluations: [] } }, defaultRun)).toBe(false);
  });

  it('is a state only if all its numbers are finite', () => {
    expect(isState(state)).toBe(true);
    expect(isState({ ...state, carried: [{ shape: [2], data: Float32Array.of(1, 2) }] })).toBe(true);
    const spoilt = new Map([['w', Float32Array.of(1, Number.NaN)]]);
    for (const broken of [null, {}, { ...state, step: 'x' }, { ...state, weights: {} }, { ...state, first: spoilt }])
      expect(isState(broken)).toBe(false);
    expect(isState({ ...state, carried: [{ shape: [1], data: Float32Array.of(Number.NaN) }] })).toBe(false);
  });
});
