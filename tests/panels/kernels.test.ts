import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { BertConfig } from '../../src/models/bert/config.ts';
import { forward } from '../../src/models/convbert/forward.ts';
import { blueprint } from '../../src/models/convbert/spec.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { init, initialState } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { bertMaps } from '../../src/panels/kernels/bert-maps.ts';
import { sharesByDistance, within } from '../../src/panels/kernels/distances.ts';
import { fixedKernels, kernelsAt } from '../../src/panels/kernels/kernels.ts';
import { blueprintOf } from '../../src/training/model.ts';
import { readRecording, readWeights } from '../../src/training/recording.ts';
import { runOfKey } from '../../src/training/settings.ts';

beforeAll(() => tf.useBackend('cpu'));

const size = { layers: 1, hidden: 16, heads: 4, vocabSize: 24, maxLength: 12, dropout: 0 };
const config = { ...blueprint.resize(blueprint.toy, size), initStd: 0.4, reach: 2 };
const ids = [2, 5, 9, 5, 11, 7, 5, 9, 3];
const weights = Object.fromEntries(initialState(blueprint.spec(config), createRng(1)));
const reading = { config, weights, ids };

describe('kernels worked out on the page', () => {
  test('are those that the model itself makes', () => {
    const kept: Tensor[] = [];
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const batch = {
        ids: tf.tensor2d([ids], undefined, 'int32'),
        segments: tf.zeros([1, ids.length], 'int32'),
        keep: tf.ones([1, ids.length]),
      };
      const tap = tapFor(['discriminator.kernel.0'], (_, value) => kept.push(tf.keep(tf.clone(value))));
      forward(params, config, batch, { training: false, rng: createRng(2), tap });
    });
    const [kernels] = kept;
    expect(kernels!.shape).toEqual([1, ids.length, 2, 5]);
    const values = kernels!.dataSync();
    ids.forEach((_, token) => {
      const own = kernelsAt(reading, token, 'span').flat();
      for (const [k, share] of own.entries()) expect(share).toBeCloseTo(values[token * 10 + k]!, 5);
    });
  });
  test('made from the word alone are the same for the same word, and from its neighbourhood are not', () => {
    expect(kernelsAt(reading, 1, 'dynamic')).toEqual(kernelsAt(reading, 3, 'dynamic'));
    expect(kernelsAt(reading, 1, 'dynamic')).not.toEqual(kernelsAt(reading, 2, 'dynamic'));
    expect(kernelsAt(reading, 1, 'span')).not.toEqual(kernelsAt(reading, 3, 'span'));
  });
  test('that are fixed are the weights themselves', () => {
    const [first, second] = fixedKernels(reading, 2);
    const all = weights['discriminator.convbert.encoder.layer.0.attention.self.key_conv_attn_layer.depthwise.weight']!;
    expect([...first!, ...second!]).toEqual([...all.subarray(0, 10)]);
  });
});

describe('how far heads look', () => {
  test('is told by distance, what is farther than the ends at the ends', () => {
    // Three tokens: the first looks at the last, the others at themselves.
    const map = [0, 0, 1, 0, 1, 0, 0, 0, 1];
    const shares = sharesByDistance(map, 3, 1);
    expect(shares.map((share) => Math.round(share * 1e6) / 1e6)).toEqual([0, 0.666667, 0.333333]);
    expect(within(shares, 0)).toBeCloseTo(2 / 3, 9);
  });
  test('is worked out from the very maps that were recorded of the run', async () => {
    const file = (kind: string) =>
      new Uint8Array(readFileSync(`lessons/01-masked-language-modelling/recordings/best-possible.${kind}.bin`));
    const recording = await readRecording(file('frames'));
    const { key, states } = await readWeights(file('weights'));
    const { config: bert } = blueprintOf(runOfKey(key), recording.tokens.length);
    const { inputIds } = recording.probe.examples[0]!;
    const maps = bertMaps(bert as BertConfig, states.at(-1)!.weights, inputIds);
    const n = inputIds.length;
    maps.forEach((heads, layer) => {
      const { data, scale } = recording.frames.at(-1)!.values[`attention.${layer}`]!;
      heads.forEach((map, head) => {
        const far = map.map((share, at) => Math.abs(share - data[head * n * n + at]! * scale));
        expect(Math.max(...far)).toBeLessThan(0.5 / 255 + 0.01);
      });
    });
  });
});
