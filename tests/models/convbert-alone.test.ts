import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import { forward } from '../../src/models/convbert/forward.ts';
import { blueprint } from '../../src/models/convbert/spec.ts';
import { init, initialState } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';

beforeAll(() => tf.useBackend('cpu'));

const any = blueprint as unknown as AnyBlueprint;
const size = { layers: 2, hidden: 16, heads: 4, vocabSize: 24, maxLength: 12, dropout: 0 };
const config = { ...blueprint.resize(blueprint.toy, size), initStd: 0.3, reach: 1 };

describe('ConvBERT without attention', () => {
  const only = { ...config, convolutionOnly: true };
  it('hears nothing from beyond the reach of its layers', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(only), createRng(1));
      const read = (ids: readonly number[]) => {
        const batch = {
          ids: tf.tensor2d([[...ids]], undefined, 'int32'),
          segments: tf.zeros([1, ids.length], 'int32'),
          keep: tf.ones([1, ids.length]),
        };
        const { logits } = forward(params, only, batch, { training: false, rng: createRng(2) });
        return logits['discriminator.logits']!.dataSync();
      };
      const plain = [4, 5, 6, 7, 8, 9, 10, 11];
      const [before, after] = [read(plain), read(plain.with(0, 12))];
      // Two layers that reach one token each.
      expect(plain.map((_, i) => before[i] === after[i])).toEqual(plain.map((_, i) => i > 2));
    });
  });
  it('writes files that the reference computes alike: its values are nothing', () => {
    const state = initialState(blueprint.spec(only), createRng(1));
    const back = importFiles(exportFiles(any, only, state));
    expect((back.config as typeof only).convolutionOnly).toBe(true);
    const [, values] = [...state].find(([name]) => name.endsWith('attention.self.value.weight'))!;
    expect(values.every((one) => one === 0)).toBe(true);
  });
});
