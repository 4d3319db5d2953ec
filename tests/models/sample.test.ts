import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { sampleTokens, uniform } from '../../src/models/shared/sample.ts';
import * as tf from '../../src/nn/tf.ts';

beforeAll(() => tf.useBackend('cpu'));

describe('the generator’s sample', () => {
  it('follows the softmax of the logits', () => {
    tf.tidy(() => {
      const rows = 20_000;
      const logits = tf.tile(tf.tensor2d([[0, Math.log(2), Math.log(5), -100]]), [rows, 1]);
      const counts = [0, 0, 0, 0];
      for (const id of sampleTokens(logits, createRng(3)).dataSync()) counts[id]!++;
      // Shares 1/8, 2/8 and 5/8, each within four standard errors.
      expect(Math.abs(counts[0]! / rows - 0.125)).toBeLessThan(0.0094);
      expect(Math.abs(counts[1]! / rows - 0.25)).toBeLessThan(0.0123);
      expect(Math.abs(counts[2]! / rows - 0.625)).toBeLessThan(0.0137);
      expect(counts[3]).toBe(0);
    });
  });

  it('comes from a stream: the same again, another with another name', () => {
    expect(uniform(4, createRng(1))).toEqual(uniform(4, createRng(1)));
    expect(uniform(4, createRng(1))).not.toEqual(uniform(4, createRng(1).fork('other')));
  });
});
