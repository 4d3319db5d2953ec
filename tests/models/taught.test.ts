import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/core/rng.ts';
import type { AnyBlueprint, AnyForward } from '../../src/models/architecture.ts';
import { blueprints } from '../../src/models/catalog.ts';
import { loadForward } from '../../src/models/forwards.ts';
import { taught } from '../../src/models/shared/taught.ts';
import { attentionMaps, hiddenStates, tokenLogits } from '../../src/models/shared/teacher-spec.ts';
import { init } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { sampleBatch } from '../support/batch.ts';

const size = { layers: 2, hidden: 16, heads: 2, vocabSize: 24, maxLength: 12, dropout: 0.3 };
const modelOf = (id: string) => {
  const blueprint = blueprints[id]!;
  const config = blueprint.resize(blueprint.toy, size);
  return { blueprint, config, params: init(blueprint.spec(config), createRng(id)) };
};
const number = (value: Tensor) => value.dataSync()[0]!;

beforeAll(() => tf.useBackend('cpu'));

describe('What a teacher says', () => {
  it('is given by the student’s names for all places and layers, the same each time', async () => {
    const { blueprint, config, params } = modelOf('bert');
    const forward = await loadForward('bert');
    const teacher = { blueprint, config };
    const wanted = {
      tokens: tokenLogits(teacher),
      ...Object.fromEntries(hiddenStates(teacher).map((name, i) => [`state ${i}`, name])),
      ...Object.fromEntries(attentionMaps(teacher).map((name, i) => [`map ${i}`, name])),
    };
    const before = tf.memory().numTensors;
    const batch = sampleBatch();
    const [once, again] = [0, 1].map(() => taught({ forward, params, config }, wanted, batch));
    expect(Object.fromEntries([...once!].map(([name, { shape }]) => [name, shape]))).toEqual({
      tokens: [3, 6, 24],
      'state 0': [3, 6, 16],
      'state 1': [3, 6, 16],
      'state 2': [3, 6, 16],
      'map 0': [3, 2, 6, 6],
      'map 1': [3, 2, 6, 6],
    });
    for (const [name, value] of once!) expect([...value.dataSync()], name).toEqual([...again!.get(name)!.dataSync()]);
    tf.dispose([...once!.values(), ...again!.values(), ...Object.values(batch)]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('passes no gradient, not even to the very weights it was made with', () => {
    const table = tf.tensor2d([[1, 2]]);
    // A teacher whose only weight is what the gradient is asked of.
    const echo: AnyForward = (params) => ({ losses: {}, logits: { own: (params as unknown as { own: Tensor }).own } });
    const slope = tf.grad((own) => {
      const said = taught({ forward: echo, params: { own } as never, config: {} }, { it: 'logits.own' }, sampleBatch());
      return tf.sum(tf.mul(own, said.get('it')!)) as tf.Scalar;
    })(table);
    // d(own · said) is what was said: were the way open, it would be twice that.
    expect([...slope.dataSync()]).toEqual([1, 2]);
  });

  it('is refused of one that predicts no tokens', () => {
    const { blueprint, config } = modelOf('bert');
    const silent = { ...blueprint, questions: {} };
    expect(() => tokenLogits({ blueprint: silent, config })).toThrow('BERT cannot be the teacher');
  });
});

const students = Object.values(blueprints).filter(({ teacher }) => teacher);

describe.each(students)('A student, $name', (blueprint: AnyBlueprint) => {
  it('learns from what it wants of a teacher, and answers all of its questions', async () => {
    const { config, params } = modelOf(blueprint.id);
    const forward = await loadForward(blueprint.id);
    tf.tidy(() => {
      const batch = sampleBatch();
      const wanted = blueprint.teacher!.taps(config, { blueprint, config });
      const teacher = taught({ forward, params: modelOf(blueprint.id).params, config }, wanted, batch);
      const { loss, losses } = forward(params, config, batch, { training: true, rng: createRng(1), teacher });
      expect(Object.keys(losses).sort()).toEqual(Object.keys(blueprint.questions).sort());
      const weights = blueprint.weights?.(config, true) ?? {};
      const sum = Object.entries(losses).reduce(
        (total, [name, part]) => total + (weights[name] ?? 1) * number(part),
        0,
      );
      expect(number(loss!) / sum).toBeCloseTo(1, 6);
      tf.dispose([...teacher.values()]);
    });
  });
});
