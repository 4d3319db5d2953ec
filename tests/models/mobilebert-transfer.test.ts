import { beforeAll, describe, expect, it } from 'vitest';
import { build, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { AnyBlueprint, AnyForward, Outputs } from '../../src/models/architecture.ts';
import { blueprint as bert } from '../../src/models/bert/spec.ts';
import { loadStart } from '../../src/models/forwards.ts';
import type { MobilebertConfig } from '../../src/models/mobilebert/config.ts';
import { forward } from '../../src/models/mobilebert/forward.ts';
import { blueprint } from '../../src/models/mobilebert/spec.ts';
import { startFrom } from '../../src/models/mobilebert/start.ts';
import { featureTransfer, mapTransfer } from '../../src/models/mobilebert/transfer.ts';
import { taught } from '../../src/models/shared/taught.ts';
import { init, initialState, toParams } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { sampleBatch } from '../support/batch.ts';

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

  it('follows a teacher of whom only probabilities are known in these alone', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(student), createRng(1));
      const soft = new Map([[blueprint.teacher!.probabilities!, tf.zeros([3, 6, 24])]]);
      const context = { training: false, rng: createRng(2), teacher: soft };
      const { losses } = forward(params, student, sampleBatch(), context);
      expect(Object.keys(losses)).toEqual(['mlm', 'nsp', 'distillation']);
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
