import { beforeAll, describe, expect, it } from 'vitest';
import { build, count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import { read, write } from '../../src/hub/safetensors.ts';
import type { AnyBlueprint, Batch } from '../../src/models/architecture.ts';
import { forward } from '../../src/models/electra/forward.ts';
import { blueprint } from '../../src/models/electra/spec.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { init, initialState } from '../../src/nn/init.ts';
import { binaryCrossEntropy, crossEntropy } from '../../src/nn/losses.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const config = {
  ...blueprint.toy,
  vocabSize: 24,
  generator: { embedding: 8, hidden: 4, layers: 1, heads: 1, inner: 8 },
  discriminator: { embedding: 8, hidden: 8, layers: 1, heads: 2, inner: 12 },
  maxLength: 6,
  initStd: 0.3,
};
const any = blueprint as unknown as AnyBlueprint;

describe('ELECTRA', () => {
  it.each([
    'electra-generator-fresh',
    'electra-generator-noise',
    'electra-generator-square-fresh',
    'electra-generator-square-noise',
    'electra-discriminator-fresh',
    'electra-discriminator-noise',
    'electra-discriminator-square-fresh',
    'electra-discriminator-square-noise',
  ])('gives the logits, attentions and hidden states of the reference: %s', (name) =>
    expectAgreement(name, ['logits', 'hidden_states', 'attentions']),
  );

  it('has as many weights as the reference at the size of its own examples', () => {
    const sizes = { embedding: 16, layers: 2, heads: 2 };
    const untied = {
      ...blueprint.toy,
      vocabSize: 64,
      generator: { ...sizes, hidden: 16, inner: 64 },
      discriminator: { ...sizes, hidden: 32, inner: 128 },
      sharedEmbeddings: false,
    };
    const { generator, discriminator } = blueprint.spec(untied);
    expect([count(generator), count(discriminator)]).toEqual([9040, 29_153]);
    expect([flatten(generator).length, flatten(discriminator).length]).toEqual([10 + 16 * 2, 9 + 2 + 16 * 2]);
  });

  it('weighs the discriminator fifty times', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const { loss, losses } = forward(params, config, sampleBatch(), { training: false, rng: createRng(2) });
      expect(loss!.dataSync()[0]).toBeCloseTo(losses.mlm!.dataSync()[0]! + 50 * losses.rtd!.dataSync()[0]!, 4);
    });
  });

  it('replaces tokens at chosen places only and calls a lucky guess the original', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const labels = { 1: 14, 4: 15, 6: 16, 8: 17, 15: 18 } as Record<number, number>;
      for (let seed = 0; seed < 20; seed++) {
        const seen = new Map<string, Tensor>();
        const tap = tapFor(['corrupted', 'replaced'], (name, value) => seen.set(name, value));
        const batch = sampleBatch();
        forward(params, config, batch, { training: false, rng: createRng(seed), tap });
        const before = batch.ids.dataSync();
        const after = seen.get('corrupted')!.dataSync();
        const expected = [...after].map((id, i) => (i in labels ? Number(id !== labels[i]) : 0));
        expect([...after].filter((id, i) => !(i in labels) && id !== before[i])).toEqual([]);
        expect([...seen.get('replaced')!.dataSync()]).toEqual(expected);
      }
    });
  });

  it('lets the discriminator teach the shared tables and its own weights, and no weight of the generator', () => {
    tf.tidy(() => {
      const spec = blueprint.spec(config);
      const leaves = flatten(spec);
      const state = initialState(spec, createRng(1));
      const given = leaves.map(([name, { shape }]) => tf.tensor(state.get(name)!, [...shape]));
      const gradients = tf.grads((...tensors: Tensor[]) => {
        const byName = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
        const params = build(spec, (name) => byName.get(name)!);
        const { losses } = forward(params, config, sampleBatch(), { training: false, rng: createRng(2) });
        // The generator's own loss stands in for nothing, so that a weight without any gradient is told as zero.
        return tf.add(losses.rtd!, tf.mul(0, losses.mlm!)) as tf.Scalar;
      })(given);
      const isTaught = (i: number) => gradients[i]!.dataSync().some((slope) => slope !== 0);
      const taught = leaves.map(([name], i) => [name, isTaught(i)] as const);
      expect(taught.filter(([name]) => name.startsWith('generator.')).length).toBeGreaterThan(15);
      expect(taught.filter(([name, is]) => is !== name.startsWith('discriminator.'))).toEqual([]);
      expect(taught.filter(([name, is]) => is && name.includes('.embeddings.')).map(([name]) => name)).toEqual([
        'discriminator.electra.embeddings.word_embeddings.weight',
        'discriminator.electra.embeddings.position_embeddings.weight',
        'discriminator.electra.embeddings.token_type_embeddings.weight',
        'discriminator.electra.embeddings.LayerNorm.weight',
        'discriminator.electra.embeddings.LayerNorm.bias',
      ]);
    });
  });

  it('learns from its verdicts at the chosen places alone where it is told so, and is judged on all the same', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const weightsOf = (judgesAll: boolean, training: boolean) => {
        const { truths } = forward(
          params,
          { ...config, hiddenDropout: 0, attentionDropout: 0, judgesAll },
          sampleBatch(),
          {
            training,
            rng: createRng(2),
          },
        );
        return [...truths!.rtd!.weights.dataSync()];
      };
      const { keep, positions, weights } = sampleBatch();
      const real = [...keep.dataSync()];
      const chosen = real.map(() => 0);
      [...positions!.dataSync()].forEach((place, slot) => {
        chosen[place]! += weights!.dataSync()[slot]!;
      });
      expect(weightsOf(true, true)).toEqual(real);
      expect(weightsOf(false, true)).toEqual(chosen);
      expect(weightsOf(false, false)).toEqual(real);
    });
  });

  it('finds nothing to replace once the generator is certain, and judges twice the same rows as it judges them once', () => {
    tf.tidy(() => {
      const { generator, discriminator } = init(blueprint.spec(config), createRng(1));
      const bias = tf.tensor1d(Array.from({ length: 24 }, (_, id) => (id === 14 ? 100 : 0)));
      const certain = { discriminator, generator: { ...generator, generator_lm_head: { bias } } };
      const batch = sampleBatch();
      const right = { ...batch, labels: tf.fill([6], 14, 'int32') };
      const judged = (of: Batch) => {
        let replaced: Tensor | undefined;
        const tap = tapFor(['replaced'], (_, value) => {
          replaced = value;
        });
        const { losses } = forward(certain, config, of, { training: false, rng: createRng(2), tap });
        return { loss: losses.rtd!.dataSync()[0]!, replaced: [...replaced!.dataSync()] };
      };
      expect(judged(right).replaced).toEqual(new Array<number>(18).fill(0));
      // The labels are 14, 15, 16, 17 and 18, so all but the first are missed.
      expect(judged(batch).replaced).toEqual([0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
      const { ids, segments, keep, positions, labels, weights } = batch;
      const twice = (x: Tensor) => tf.concat([x, x]);
      const doubled = {
        ids: twice(ids),
        segments: twice(segments),
        keep: twice(keep),
        positions: tf.concat([positions!, tf.add(positions!, tf.scalar(18, 'int32'))]),
        labels: twice(labels!),
        weights: twice(weights!),
      };
      expect(judged(doubled).loss).toBeCloseTo(judged(batch).loss, 6);
    });
  });

  it('is replaced as often as the generator misses the original', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const copies = 300;
      const { ids, segments, keep, positions, labels, weights } = sampleBatch();
      const many = (x: Tensor) => tf.tile(x, [copies, ...x.shape.slice(1).map(() => 1)]);
      const first = tf.mul(18, tf.floor(tf.div(tf.range(0, 6 * copies), 6)));
      const batch = {
        ids: many(ids),
        segments: many(segments),
        keep: many(keep),
        positions: tf.add(many(positions!), tf.cast(first, 'int32')),
        labels: many(labels!),
        weights: many(weights!),
        generatorIds: many(ids),
      };
      let found = 0;
      const tap = tapFor(['replaced'], (_, value) => {
        found = tf.sum(value).dataSync()[0]!;
      });
      const { logits } = forward(params, config, batch, { training: false, rng: createRng(3), tap });
      const probabilities = tf
        .softmax(tf.slice(logits['generator.logits']!, [0, 0], [5, 24]))
        .arraySync() as number[][];
      const right = [14, 15, 16, 17, 18].map((label, slot) => probabilities[slot]![label]!);
      const missed = right.reduce((sum, p) => sum + 1 - p, 0);
      const spread = right.reduce((sum, p) => sum + p * (1 - p), 0);
      expect(Math.abs(found - missed * copies)).toBeLessThan(4 * Math.sqrt(spread * copies));
      expect(missed).toBeLessThan(4.9);
    });
  });

  it('weighs two losses as in worked example 4-A', () => {
    tf.tidy(() => {
      const guesses = tf.tensor2d([
        [1.0, 2.0, 1.5, -1.0, -0.5, 0.2],
        [0.0, 0.3, 0.1, 1.2, 1.0, -2.0],
      ]);
      const verdicts = tf.tensor1d([-2.0, -1.0, 0.5, -1.5, -2.5, -1.0, -0.5, 0.3, -3.0]);
      const mlm = crossEntropy(guesses, tf.tensor1d([1, 4], 'int32'), tf.ones([2])).dataSync()[0]!;
      const rtd = binaryCrossEntropy(verdicts, tf.tensor1d([0, 0, 1, 0, 0, 0, 0, 0, 0]), tf.ones([9])).dataSync()[0]!;
      expect(mlm).toBeCloseTo(1.042615, 5);
      expect(rtd).toBeCloseTo(0.320539, 5);
      expect(mlm + blueprint.toy.discriminatorWeight * rtd).toBeCloseTo(17.069565, 4);
    });
  });

  it('writes the shared tables into both files and wants them equal when it reads them', () => {
    const files = exportFiles(any, config, initialState(blueprint.spec(config), createRng(1)));
    const name = 'electra.embeddings.word_embeddings.weight';
    const generator = read(files['generator/model.safetensors']!);
    expect(generator.get(name)).toEqual(read(files['discriminator/model.safetensors']!).get(name));
    expect(importFiles(files).config).toEqual(config);
    generator.get(name)!.data[0] = 7;
    expect(() => importFiles({ ...files, 'generator/model.safetensors': write(generator) })).toThrow(
      'different numbers',
    );
  });

  it('can keep the tables apart', () => {
    const apart = { ...config, sharedEmbeddings: false };
    const state = initialState(blueprint.spec(apart), createRng(1));
    const back = importFiles(exportFiles(any, apart, state));
    expect(back.config).toEqual(apart);
    expect(back.state.get('generator.electra.embeddings.LayerNorm.weight')).toEqual(new Float32Array(8).fill(1));
  });
});
