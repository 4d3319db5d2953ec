import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import { read } from '../../src/hub/safetensors.ts';
import type { AnyBlueprint } from '../../src/models/architecture.ts';
import type { MobilebertConfig } from '../../src/models/mobilebert/config.ts';
import { forward } from '../../src/models/mobilebert/forward.ts';
import { hub } from '../../src/models/mobilebert/hub.ts';
import { blueprint } from '../../src/models/mobilebert/spec.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { initialState, toParams } from '../../src/nn/init.ts';
import { trigram } from '../../src/nn/kernels/trigram.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('cpu'));

const any = blueprint as unknown as AnyBlueprint;
const size = { layers: 3, hidden: 16, heads: 2, vocabSize: 24, maxLength: 6, dropout: 0 };
const student: MobilebertConfig = { ...blueprint.resize(blueprint.toy, size), initStd: 0.3 };
/** An inverted bottleneck: wider inside than outside. */
const teacher: MobilebertConfig = {
  ...student,
  headWidth: 12,
  inner: 40,
  activation: 'gelu',
  feedForwards: 1,
  norm: 'layer_norm',
  source: 'bottleneck',
};

describe('MobileBERT', () => {
  it.each([
    'mobilebert-fresh',
    'mobilebert-noise',
    'mobilebert-deep-fresh',
    'mobilebert-deep-noise',
    'mobilebert-teacher-fresh',
    'mobilebert-teacher-noise',
  ])('gives the logits, attentions and hidden states of the reference: %s', (name) =>
    expectAgreement(name, ['prediction_logits', 'seq_relationship_logits', 'hidden_states', 'attentions']),
  );

  it.each(['mobilebert-square-fresh', 'mobilebert-square-noise', 'mobilebert-states-fresh', 'mobilebert-states-noise'])(
    'does so without bottlenecks, or where attention reads the states: %s',
    (name) => expectAgreement(name, ['logits', 'hidden_states', 'attentions']),
  );

  it('reads each token with what stands right and left of it, in this order', () => {
    const x = tf.tensor3d([[[1], [2], [3]]]);
    expect(trigram(x).arraySync()).toEqual([
      [
        [2, 1, 0],
        [3, 2, 1],
        [0, 3, 2],
      ],
    ]);
  });
});

it('lets the last token of a text notice that padding follows', () => {
  tf.tidy(() => {
    const state = initialState(blueprint.spec(student), createRng(1));
    const table = state.get('model.mobilebert.embeddings.word_embeddings.weight')!;
    const params = () => toParams(blueprint.spec(student), state);
    const firstStates = (text: number[], keep: number[]) => {
      let found: number[][] = [];
      const tap = tapFor(['hidden.0'], (_, value) => {
        found = (value.arraySync() as number[][][])[0]!;
      });
      const ids = tf.tensor2d([text], undefined, 'int32');
      const batch = { ids, segments: tf.zerosLike(ids), keep: tf.tensor2d([keep]) };
      forward(params(), student, batch, { training: false, rng: createRng(1), tap });
      return found;
    };
    const noticed = () => {
      const [bare, padded] = [firstStates([5, 7, 9], [1, 1, 1]), firstStates([5, 7, 9, 0], [1, 1, 1, 0])];
      return bare.map((row, i) => row.some((value, k) => Math.abs(value - padded[i]![k]!) > 1e-6));
    };
    // The row of the padding token starts at 0, and then learns.
    expect(noticed()).toEqual([false, false, false]);
    table[0] = 1;
    expect(noticed()).toEqual([false, false, true]);
  });
});

/** What the reference writes of a published size, as much of it as differs from its defaults. */
const published = {
  MobileBERT: { classifier_activation: false },
  'MobileBERT-tiny': {
    classifier_activation: false,
    num_feedforward_networks: 2,
    use_bottleneck_attention: true,
    key_query_shared_bottleneck: false,
  },
  'IB-BERT': {
    intra_bottleneck_size: 1024,
    intermediate_size: 4096,
    hidden_act: 'gelu',
    num_feedforward_networks: 1,
    use_bottleneck_attention: true,
    key_query_shared_bottleneck: false,
    normalization_type: 'layer_norm',
  },
};
/** Those of its own small example. */
const example = {
  vocab_size: 64,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 32,
  max_position_embeddings: 64,
  embedding_size: 16,
  intra_bottleneck_size: 16,
  num_feedforward_networks: 2,
};

describe('the sizes of MobileBERT', () => {
  it.each([
    ['MobileBERT', 36_597_564, 24_581_888],
    ['MobileBERT-tiny', 27_501_372, 15_485_696],
    ['IB-BERT', 344_232_252, 332_216_576],
  ] as const)('are as published: %s has %i weights with its heads and %i without', (name, all, body) => {
    const { model } = blueprint.spec(hub.fromConfig(published[name]));
    expect(count(model)).toBe(all);
    expect(count(model.mobilebert)).toBe(body);
  });

  it('are 18,722 for the student of its own example and 116,834 for the teacher', () => {
    expect(count(blueprint.spec(hub.fromConfig(example)))).toBe(18_722);
    const wide = { ...published['IB-BERT'], intra_bottleneck_size: 64, intermediate_size: 256 };
    expect(count(blueprint.spec(hub.fromConfig({ ...example, ...wide })))).toBe(116_834);
  });

  it('are those a person asks for, from fifty thousand to five million weights', () => {
    const weights = (settings: object, options: object = {}) =>
      count(
        blueprint.spec({ ...blueprint.resize(blueprint.toy, { ...size, vocabSize: 192, ...settings }), ...options }),
      );
    expect(weights({ layers: 2, hidden: 64, heads: 4, maxLength: 40 })).toBeLessThan(50_000);
    expect(weights({ layers: 8, hidden: 256, heads: 4 }, { headWidth: 64, inner: 1024 })).toBeGreaterThan(5_000_000);
  });

  it('has a word table no wider than its states, whatever is asked for', () => {
    const wide = { ...student, embedding: 99 };
    const { model } = blueprint.spec(wide);
    expect(model.mobilebert.embeddings.word_embeddings.weight.shape).toEqual([24, 16]);
    expect(model.cls.predictions.dense.weight).toMatchObject({ shape: [0, 24], buffer: true });
    expect(hub.toConfig(wide)).toMatchObject({ embedding_size: 16 });
  });
});

describe('what MobileBERT cannot do', () => {
  it.each([
    [{ use_bottleneck_attention: true }, 'key_query_shared_bottleneck'],
    [{ key_query_shared_bottleneck: false }, 'intra_bottleneck_size'],
    [{ intra_bottleneck_size: 126 }, 'num_attention_heads'],
    [{ embedding_size: 600 }, 'embedding_size'],
    [{ normalization_type: 'batch_norm' }, 'normalization_type'],
    [{ tie_word_embeddings: false }, 'tie_word_embeddings'],
  ])('is refused by name: %o', (json, named) => {
    expect(() => hub.fromConfig(json)).toThrow(named);
  });
});

describe('the files of MobileBERT', () => {
  const back = (config: MobilebertConfig) =>
    importFiles(exportFiles(any, config, initialState(blueprint.spec(config), createRng(1))));

  it.each([
    ['a student', student],
    ['a teacher', teacher],
    ['one without bottlenecks, neighbours and pooler', { ...student, bottleneck: false, trigram: false, pools: false }],
  ])('come back as they were: %s', (_, config) => {
    const inside = config.bottleneck ? config.headWidth : config.hidden / config.heads;
    expect(back(config).config).toEqual({ ...config, headWidth: inside });
  });

  it('hold weights that are not used where the reference wants them, and these do not learn', () => {
    const square = { ...student, embedding: 16, trigram: false };
    const found = back(square);
    expect(found.config).toEqual(square);
    const files = exportFiles(any, square, initialState(blueprint.spec(square), createRng(1)));
    expect(read(files['model.safetensors']!).get('cls.predictions.dense.weight')!.shape).toEqual([0, 24]);
    const unused = flatten(blueprint.spec(square)).flatMap(([name, { buffer }]) => (buffer ? [name] : []));
    expect(unused).toEqual([
      'model.mobilebert.embeddings.embedding_transformation.weight',
      'model.mobilebert.embeddings.embedding_transformation.bias',
      'model.cls.predictions.dense.weight',
    ]);
  });
});
