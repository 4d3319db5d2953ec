import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import { read } from '../../src/hub/safetensors.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import { forward } from '../../src/models/convbert/forward.ts';
import { hub } from '../../src/models/convbert/hub.ts';
import { groupedLinear } from '../../src/models/convbert/layer.ts';
import { blueprint, mixOf } from '../../src/models/convbert/spec.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { init, initialState } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const any = blueprint as unknown as AnyBlueprint;
const size = { layers: 2, hidden: 16, heads: 4, vocabSize: 24, maxLength: 12, dropout: 0 };
const config = { ...blueprint.resize(blueprint.toy, size), initStd: 0.3, reach: 1 };

describe('ConvBERT', () => {
  it.each([
    'convbert-fresh',
    'convbert-noise',
    'convbert-groups-fresh',
    'convbert-groups-noise',
    'convbert-wide-kernel-fresh',
    'convbert-wide-kernel-noise',
  ])('gives the logits, attentions and hidden states of the reference: %s', (name) =>
    expectAgreement(name, ['logits', 'hidden_states', 'attentions']),
  );

  it.each(['convbert-body-fresh', 'convbert-body-noise'])(
    'has a discriminator whose body is the reference’s bare model: %s',
    (name) => expectAgreement(name, ['hidden_states', 'attentions']),
  );
});

/** What the reference writes of a published size, as much of it as differs from its defaults. */
const published = {
  base: { hidden_size: 768, embedding_size: 768, num_attention_heads: 12, intermediate_size: 3072 },
  'medium-small': {
    hidden_size: 384,
    embedding_size: 128,
    num_attention_heads: 8,
    intermediate_size: 1536,
    num_groups: 2,
  },
  small: { hidden_size: 256, embedding_size: 128, num_attention_heads: 4, intermediate_size: 1024 },
};

describe('the sizes of ConvBERT', () => {
  it.each([
    ['base', 106_303_170, 105_680_520],
    ['medium-small', 17_555_946, 17_475_888],
    ['small', 13_207_442, 13_143_768],
  ] as const)('are as published: %s has %i weights with the head and %i without', (name, withHead, bare) => {
    const { generator } = blueprint.spec(hub.fromConfig(published[name]));
    expect(count(generator)).toBe(withHead);
    expect(count(generator.convbert)).toBe(bare);
  });

  it('are 20,194 at the size of its own example', () => {
    const example = hub.fromConfig({
      vocab_size: 64,
      hidden_size: 32,
      embedding_size: 16,
      num_hidden_layers: 2,
      num_attention_heads: 2,
      intermediate_size: 64,
      max_position_embeddings: 64,
    });
    expect(count(blueprint.spec(example).generator)).toBe(20_194);
    expect(flatten(blueprint.spec(example).generator).length).toBe(5 + 2 + 5 + 23 * 2);
  });

  it('are those a person asks for, from fifty thousand to five million weights', () => {
    const weights = (layers: number, hidden: number) =>
      count(blueprint.spec(blueprint.resize(blueprint.toy, { ...size, layers, hidden, vocabSize: 192 })));
    expect(weights(1, 48)).toBeLessThan(60_000);
    expect(weights(6, 256)).toBeGreaterThan(4_500_000);
  });

  it('share out the width: heads and groups that do not are fewer, and an odd width is one less', () => {
    const generator = { hidden: 16, heads: 1, inner: 64 };
    const cut = (discriminator: typeof generator, settings = {}) =>
      mixOf({ headRatio: 2, reach: 4, groups: 4, generator, discriminator, ...settings }, discriminator);
    expect(cut({ hidden: 64, heads: 4, inner: 256 })).toEqual({ heads: 2, all: 32, span: 9, groups: 4 });
    expect(cut({ hidden: 40, heads: 5, inner: 160 })).toEqual({ heads: 2, all: 20, span: 9, groups: 4 });
    expect(cut({ hidden: 30, heads: 5, inner: 120 })).toEqual({ heads: 1, all: 15, span: 9, groups: 2 });
    expect(cut({ hidden: 64, heads: 4, inner: 256 }, { headRatio: 8 }).heads).toBe(1);
    const odd = blueprint.resize(blueprint.toy, { ...size, hidden: 15, heads: 3 });
    expect([odd.generator.hidden, odd.discriminator.hidden, odd.embedding]).toEqual([8, 14, 14]);
  });

  it('come back from the files as they were where heads and groups were fewer', () => {
    const uneven = { ...blueprint.resize(blueprint.toy, { ...size, hidden: 30, heads: 5 }), groups: 4 };
    const back = importFiles(exportFiles(any, uneven, initialState(blueprint.spec(uneven), createRng(1))));
    expect(back.config).toMatchObject({ discriminator: { hidden: 30, heads: 2 }, headRatio: 2 });
    expect(blueprint.spec(back.config as typeof uneven)).toEqual(blueprint.spec(uneven));
  });
});

describe('what ConvBERT cannot do', () => {
  it.each([
    [{ conv_kernel_size: 8 }, 'conv_kernel_size'],
    [{ hidden_size: 30, num_attention_heads: 8 }, 'num_attention_heads'],
    [{ num_groups: 5 }, 'num_groups'],
    [{ is_decoder: true }, 'is_decoder'],
    [{ tie_word_embeddings: false }, 'tie_word_embeddings'],
  ])('is refused by name: %o', (json, named) => {
    expect(() => hub.fromConfig(json)).toThrow(named);
  });

  it('is two networks with word tables of different widths, or cut in different ways', () => {
    const first = hub.fromConfig(published.small, 'generator');
    expect(() => hub.fromConfig(published.base, 'discriminator', first)).toThrow('"embedding_size"');
    const other = { ...published.small, conv_kernel_size: 7 };
    expect(() => hub.fromConfig(other, 'discriminator', first)).toThrow('"conv_kernel_size": 7, but 9');
  });
});

describe('mixed attention', () => {
  it('makes a kernel for every token that sums to 1, another one where only its neighbours differ', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const kernels: number[][][][] = [];
      const tap = tapFor(['discriminator.kernel.0'], (_, value) =>
        kernels.push(...(value.arraySync() as number[][][][])),
      );
      const { positions: _, labels: __, weights: ___, ...batch } = sampleBatch();
      const ids = tf.tensor2d([[5, 7, 9, 11, 6, 8]], undefined, 'int32');
      const other = tf.tensor2d([[5, 7, 9, 13, 6, 8]], undefined, 'int32');
      for (const text of [ids, other]) {
        const [segments, keep] = [tf.zerosLike(text), tf.ones([1, 6])];
        forward(params, config, { ...batch, ids: text, segments, keep }, { training: false, rng: createRng(2), tap });
      }
      const [one, two] = kernels as [number[][][], number[][][]];
      expect([one.length, one[0]!.length, one[0]![0]!.length]).toEqual([6, 2, 3]);
      for (const kernel of one.flat()) expect(kernel.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      const moved = one.map((kernel, i) => Math.max(...kernel.flat().map((v, k) => Math.abs(v - two[i]!.flat()[k]!))));
      // Reach 1: only the changed token and its two neighbours have another kernel in the first layer.
      expect(moved.map((apart) => apart > 1e-6)).toEqual([false, false, true, true, true, false]);
    });
  });

  it('lets the last tokens of a text notice that padding follows, as far as a kernel reaches', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const kernels = (text: number[], keep: number[]) => {
        let found: number[][] = [];
        const tap = tapFor(['discriminator.kernel.0'], (_, value) => {
          const [rows] = value.arraySync() as number[][][][];
          found = rows!.map((row) => row.flat());
        });
        const ids = tf.tensor2d([text], undefined, 'int32');
        const batch = { ids, segments: tf.zerosLike(ids), keep: tf.tensor2d([keep]) };
        forward(params, config, batch, { training: false, rng: createRng(2), tap });
        return found;
      };
      const [bare, padded] = [kernels([5, 7, 9], [1, 1, 1]), kernels([5, 7, 9, 0, 0], [1, 1, 1, 0, 0])];
      const apart = bare.map((row, i) => Math.max(...row.map((value, k) => Math.abs(value - padded[i]![k]!))));
      expect(apart.map((one) => one > 1e-6)).toEqual([false, false, true]);
    });
  });

  it('keeps groups apart: no number of one reaches the other', () => {
    tf.tidy(() => {
      const weight = tf.tensor3d([
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ]);
      const x = tf.tensor2d([[1, 10, 100, 1000]]);
      const y = groupedLinear(x, { weight, bias: tf.tensor1d([0.5, 0, 0, 0]) });
      expect([...y.dataSync()]).toEqual([31.5, 42, 7500, 8600]);
    });
  });
});

describe('the files of ConvBERT', () => {
  const state = initialState(blueprint.spec(config), createRng(1));
  const files = exportFiles(any, config, state);
  const names = (part: string) => [...read(files[`${part}/model.safetensors`]!).keys()];

  it('hold the shared tables twice and come back as one', () => {
    const table = 'convbert.embeddings.word_embeddings.weight';
    expect(names('generator')).toContain(table);
    expect(names('discriminator')).toContain(table);
    expect(importFiles(files).config).toEqual({ ...config, initStd: 0.3 });
    expect(importFiles(files).state).toEqual(state);
  });

  it('name the generator as the reference’s masked-token model, and the discriminator as its bare one', () => {
    const classOf = (part: string) => JSON.parse(new TextDecoder().decode(files[`${part}/config.json`]!)).architectures;
    expect(classOf('generator')).toEqual(['ConvBertForMaskedLM']);
    expect(classOf('discriminator')).toEqual(['ConvBertModel']);
    expect(names('discriminator').filter((name) => !name.startsWith('convbert.'))).toEqual([
      'discriminator_predictions.dense.bias',
      'discriminator_predictions.dense.weight',
      'discriminator_predictions.dense_prediction.bias',
      'discriminator_predictions.dense_prediction.weight',
    ]);
  });

  it('can keep the tables apart', () => {
    const apart = { ...config, sharedEmbeddings: false };
    const back = importFiles(exportFiles(any, apart, initialState(blueprint.spec(apart), createRng(1))));
    expect(back.config).toEqual(apart);
  });
});

it('the discriminator teaches the shared tables, and its loss counts fifty times', () => {
  tf.tidy(() => {
    const params = init(blueprint.spec(config), createRng(1));
    const { loss, losses } = forward(params, config, sampleBatch(), { training: false, rng: createRng(2) });
    const number = (value: Tensor | undefined) => value!.dataSync()[0]!;
    expect(number(loss) / (number(losses.mlm) + 50 * number(losses.rtd))).toBeCloseTo(1, 5);
  });
});
