import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/nn/tf.ts';
import { followPyTorch } from '../support/muon.ts';

beforeAll(async () => {
  const { useBackend } = tf;
  await useBackend('cpu');
});

describe('Muon in plain ops', () => {
  it('moves every weight as PyTorch does, over twenty updates', async () => {
    const { apart } = await followPyTorch();
    expect(apart).toBeLessThan(1e-5);
  });
  it('goes on from a saved state to the last digit', async () => {
    const [whole, broken] = [await followPyTorch(), await followPyTorch(10)];
    expect(broken.weights).toEqual(whole.weights);
    expect(broken.second).toEqual(whole.second);
  });
});
