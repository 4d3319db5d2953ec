import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { heldOutBatches, trainingBatch } from '../../src/training/batches.ts';
import { type Data, prepare } from '../../src/training/data.ts';
import { createSupply } from '../../src/training/supply.ts';
import { tiny } from './fake-session.ts';

let data: Data;
beforeAll(async () => {
  data = await prepare(tiny.text);
});

const drawn = (step: number) => trainingBatch(data, tiny, step, createRng('1').fork(`step ${step}`).fork('data'));
const supply = (most?: number) => createSupply(data, tiny, createRng('1'), most);

describe('the batches of a run', () => {
  it('are those of their steps, whether they were prepared, drawn now, or another was prepared', () => {
    const one = supply();
    one.prepare(3);
    expect(one.batch(3)).toEqual(drawn(3));
    expect(one.batch(4)).toEqual(drawn(4));
    one.prepare(9);
    expect(one.batch(1)).toEqual(drawn(1));
    expect(one.batch(9)).toEqual(drawn(9));
  });

  it('are drawn once when they are prepared, and not when they are taken', () => {
    const spied = { ...data, train: data.train.slice() };
    const reads = vi.fn();
    const watched = new Proxy(spied, {
      get(target, name) {
        if (name === 'train') reads();
        return Reflect.get(target, name);
      },
    });
    const one = createSupply(watched, tiny, createRng('1'));
    one.prepare(2);
    const once = reads.mock.calls.length;
    expect(once).toBeGreaterThan(0);
    one.prepare(2);
    one.batch(2);
    expect(reads.mock.calls.length).toBe(once);
  });

  it('to be judged on are kept unless they take too much room, and always the same', () => {
    const small = supply();
    expect(small.heldOut()).toBe(small.heldOut());
    const large = supply(10);
    expect(large.heldOut()).not.toBe(large.heldOut());
    expect(large.heldOut()).toEqual(small.heldOut());
    expect(small.heldOut()).toEqual(heldOutBatches(data, tiny));
  });
});
