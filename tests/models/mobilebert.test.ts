import { beforeAll, describe, expect, it } from 'vitest';
import { build, count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { exportFiles, importFiles } from '../../src/hub/checkpoint.ts';
import { read } from '../../src/hub/safetensors.ts';
import type { AnyBlueprint, AnyForward, Outputs } from '../../src/models/architecture.ts';
import { blueprint as bert } from '../../src/models/bert/spec.ts';
import { loadStart } from '../../src/models/forwards.ts';
import { forward } from '../../src/models/mobilebert/forward.ts';
import { blueprint } from '../../src/models/mobilebert/spec.ts';
import { startFrom } from '../../src/models/mobilebert/start.ts';
import { featureTransfer, mapTransfer } from '../../src/models/mobilebert/transfer.ts';
import type { MobilebertConfig } from '../../src/models/mobilebert/weights.ts';
import { taught } from '../../src/models/shared/taught.ts';
import { init, initialState, toParams } from '../../src/nn/init.ts';
import { neighbours } from '../../src/nn/kernels/neighbours.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';
import { expectGradients } from '../support/gradients.ts';

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
const number = (value: Tensor | undefined) => value!.dataSync()[0]!;

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

  it('has the loss of both heads and the gradients of the reference, in each weight', () =>
    expectGradients('mobilebert-gradient'));

  it('reads each token with what stands right and left of it, in this order', () => {
    const x = tf.tensor3d([[[1], [2], [3]]]);
    expect(neighbours(x).arraySync()).toEqual([
      [
        [2, 1, 0],
        [3, 2, 1],
        [0, 3, 2],
      ],
    ]);
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
    const { model } = blueprint.spec(blueprint.hub.fromConfig(published[name]));
    expect(count(model)).toBe(all);
    expect(count(model.mobilebert)).toBe(body);
  });

  it('are 18,722 for the student of its own example and 116,834 for the teacher', () => {
    expect(count(blueprint.spec(blueprint.hub.fromConfig(example)))).toBe(18_722);
    const wide = { ...published['IB-BERT'], intra_bottleneck_size: 64, intermediate_size: 256 };
    expect(count(blueprint.spec(blueprint.hub.fromConfig({ ...example, ...wide })))).toBe(116_834);
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
    expect(blueprint.hub.toConfig(wide)).toMatchObject({ embedding_size: 16 });
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
    expect(() => blueprint.hub.fromConfig(json)).toThrow(named);
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

/** What a student makes of the sample batch with a teacher at hand; the losses with their gradients by name. */
function lesson(params: Map<string, Float32Array>, wanted: string): { losses: Outputs['losses']; moved: string[] } {
  const spec = blueprint.spec(student);
  const model = init(blueprint.spec(teacher), createRng('teacher'));
  const names = blueprint.teacher!.taps(student, { blueprint: any, config: teacher });
  const said = taught(
    { forward: forward as unknown as AnyForward, params: model, config: teacher },
    names,
    sampleBatch(),
  );
  const leaves = flatten(spec);
  let losses: Outputs['losses'] = {};
  const given = leaves.map(([name, { shape }]) => tf.tensor(params.get(name)!, [...shape]));
  const { grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
    const state = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
    const outputs = forward(
      build(spec, (name) => state.get(name)!),
      student,
      sampleBatch(),
      { training: false, rng: createRng(1), teacher: said },
    );
    losses = outputs.losses;
    // All others times 0, so that each weight has a gradient.
    const rest = Object.values(losses).reduce((sum, loss) => tf.add(sum, tf.mul(0, loss)), tf.scalar(0) as Tensor);
    return tf.add(losses[wanted]!, rest) as tf.Scalar;
  })(given);
  const moved = leaves.flatMap(([name], i) => (grads[i]!.dataSync().some((slope) => slope !== 0) ? [name] : []));
  return { losses, moved };
}

describe('layer-wise transfer', () => {
  const fresh = () => initialState(blueprint.spec(student), createRng(2));

  it.each(['features', 'maps'])('moves layers alone, no table and no head: %s', (name) => {
    tf.tidy(() => {
      const { moved } = lesson(fresh(), name);
      expect(moved.length).toBeGreaterThan(20);
      expect(moved.filter((one) => !one.startsWith('model.mobilebert.encoder.layer.'))).toEqual([]);
    });
  });

  it('lets each layer answer for itself: a later one that is off moves none before it', () => {
    tf.tidy(() => {
      const name = 'model.mobilebert.encoder.layer.2.output.bottleneck.dense.weight';
      const slopesOfFirst = (factor: number) => {
        const state = fresh();
        state.set(
          name,
          state.get(name)!.map((value) => factor * value),
        );
        const params = toParams(blueprint.spec(student), state);
        const model = init(blueprint.spec(teacher), createRng('teacher'));
        const names = blueprint.teacher!.taps(student, { blueprint: any, config: teacher });
        const fw = forward as unknown as AnyForward;
        const said = taught({ forward: fw, params: model, config: teacher }, names, sampleBatch());
        const slope = tf.grad((weight) => {
          const [first, ...rest] = params.model.mobilebert.encoder.layer;
          const { query } = first!.attention.self;
          const self = { ...first!.attention.self, query: { ...query, weight } };
          const layer = [{ ...first!, attention: { ...first!.attention, self } }, ...rest];
          const body = { ...params.model.mobilebert, encoder: { layer } };
          const changed = { model: { ...params.model, mobilebert: body } };
          const context = { training: false, rng: createRng(1), teacher: said };
          const { losses } = forward(changed, student, sampleBatch(), context);
          return tf.add(losses.features!, losses.maps!) as tf.Scalar;
        })(params.model.mobilebert.encoder.layer[0]!.attention.self.query.weight);
        return [...slope.dataSync()];
      };
      const [one, other] = [slopesOfFirst(1), slopesOfFirst(9)];
      expect(one.some((value) => value !== 0)).toBe(true);
      expect(other).toEqual(one);
    });
  });

  it('asks half of the truth and half of the teacher, and has nothing left to say to itself', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(student), createRng(1));
      const batch = sampleBatch();
      const names = blueprint.teacher!.taps(student, { blueprint: any, config: student });
      expect(names).toEqual({
        logits: 'logits.prediction_logits',
        'hidden.0': 'hidden.1',
        'hidden.1': 'hidden.2',
        'hidden.2': 'hidden.3',
        'attention.0': 'attention.0',
        'attention.1': 'attention.1',
        'attention.2': 'attention.2',
      });
      const said = taught({ forward: forward as unknown as AnyForward, params, config: student }, names, batch);
      const context = { training: false, rng: createRng(2), teacher: said };
      const { loss, losses } = forward(params, student, batch, context);
      for (const name of ['distillation', 'features', 'maps']) expect(number(losses[name]), name).toBeCloseTo(0, 5);
      expect(number(loss)).toBeCloseTo(0.5 * number(losses.mlm) + number(losses.nsp), 4);
    });
  });

  it('is refused by a teacher of another depth, width or number of heads', () => {
    const from = (config: object) => () => blueprint.teacher!.taps(student, { blueprint: any, config });
    expect(from({ ...teacher, layers: 2 })).toThrow('it has layers 2, and this model 3');
    expect(from({ ...teacher, hidden: 32 })).toThrow('hidden 32');
    expect(from({ ...teacher, heads: 4 })).toThrow('heads 4');
  });
});

describe('the two transfer losses', () => {
  const weights = tf.tensor1d([1, 1, 0]);
  const theirs = tf.tensor2d([
    [1, 3],
    [0, 4],
    [9, 9],
  ]);

  it('of states is the squared distance without mean and variance, and those by themselves, at real places', () => {
    const value = (ours: number[][]) => number(featureTransfer(tf.tensor2d(ours), theirs, weights));
    const last = [-5, 7];
    expect(value([[1, 3], [0, 4], last])).toBeCloseTo(0, 6);
    // Without mean and variance 1 3 is −1 1, and so is 2 4: only the mean is 1 farther, at one of two places.
    expect(value([[2, 4], [0, 4], last])).toBeCloseTo(50 / 2, 4);
    // Turned round: 4 for each of the two numbers.
    expect(value([[3, 1], [0, 4], last])).toBeCloseTo(4 / 2, 5);
    // As wide as 0 4: the variance is 4 instead of 1.
    expect(value([[0, 4], [0, 4], last])).toBeCloseTo((0.05 * 3) / 2, 5);
  });

  it('of maps is how much farther the student looks, at real places', () => {
    const theirMap = tf.tensor4d([0.5, 0.5, 1, 0], [1, 1, 2, 2]);
    const ourMap = tf.tensor4d([0.25, 0.75, 0, 1], [1, 1, 2, 2]);
    const apart = 0.5 * Math.log(0.5 / 0.25) + 0.5 * Math.log(0.5 / 0.75);
    expect(number(mapTransfer(ourMap, theirMap, tf.tensor2d([[1, 0]])))).toBeCloseTo(apart, 5);
    expect(number(mapTransfer(theirMap, theirMap, tf.tensor2d([[1, 1]])))).toBeCloseTo(0, 6);
  });
});

describe('a student that starts from its teacher', () => {
  const drawn = () => ({ config: student, state: initialState(blueprint.spec(student), createRng(2)) });

  it('takes tables and heads, and draws its layers', async () => {
    expect(await loadStart('mobilebert')).toBe(startFrom);
    const state = initialState(blueprint.spec(teacher), createRng(1));
    const start = startFrom(drawn(), { config: teacher, state });
    for (const [name, values] of start)
      expect(values, name).toEqual((name.includes('.encoder.') ? drawn().state : state).get(name));
    expect([...start.keys()].filter((name) => !name.includes('.encoder.')).length).toBe(7 + 2 + 2 + 6);
  });

  it('is refused by a teacher of another word width, or of another kind', () => {
    const other = { ...teacher, embedding: 8 };
    const state = initialState(blueprint.spec(other), createRng(1));
    expect(() => startFrom(drawn(), { config: other, state })).toThrow('expected 96 numbers');
    const strange = { config: bert.toy, state: initialState(bert.spec(bert.toy), createRng(1)) };
    expect(() => startFrom(drawn(), strange)).toThrow('found none');
  });
});
