import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { AnyBlueprint, AnyForward } from '../../src/models/architecture.ts';
import { blueprint as bert } from '../../src/models/bert/spec.ts';
import { forward } from '../../src/models/distilbert/forward.ts';
import { blueprint } from '../../src/models/distilbert/spec.ts';
import { chosenLayers, startFrom } from '../../src/models/distilbert/start.ts';
import { loadStart } from '../../src/models/forwards.ts';
import { direction, softTargets } from '../../src/models/shared/distillation.ts';
import { taught } from '../../src/models/shared/taught.ts';
import { init, initialState } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const config = {
  ...blueprint.toy,
  vocabSize: 24,
  hidden: 8,
  layers: 2,
  heads: 2,
  inner: 12,
  maxLength: 6,
  initStd: 0.3,
};
const read = (value: Tensor) => value.dataSync()[0]!;

describe('DistilBERT', () => {
  it.each(['distilbert-fresh', 'distilbert-noise', 'distilbert-full-fresh', 'distilbert-full-noise'])(
    'gives the logits, attentions and hidden states of the reference: %s',
    (name) => expectAgreement(name, ['logits', 'hidden_states', 'attentions']),
  );

  it('has as many weights as the reference at the size of its own example', () => {
    const example = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 128 };
    expect(count(blueprint.spec(example))).toBe(30_752);
    expect(flatten(blueprint.spec(example).model).length).toBe(9 + 16 * 2);
  });

  it('learns nothing from a teacher that is itself but the labels', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const batch = sampleBatch();
      const context = { training: false, rng: createRng(2) };
      const wanted = blueprint.teacher!.taps(config, { blueprint: blueprint as unknown as AnyBlueprint, config });
      expect(wanted).toEqual({ logits: 'logits.logits', hidden: 'hidden.2' });
      const teacher = taught({ forward: forward as unknown as AnyForward, params, config }, wanted, batch);
      const { loss, losses } = forward(params, config, batch, { ...context, teacher });
      expect(read(losses.distillation!)).toBeCloseTo(0, 5);
      expect(read(losses.cosine!)).toBeCloseTo(0, 5);
      expect(read(losses.mlm!)).toBeCloseTo(read(forward(params, config, batch, context).loss!), 5);
      expect(read(loss!)).toBeCloseTo(2 * read(losses.mlm!), 4);
      tf.dispose([...teacher.values()]);
    });
  });

  it('follows its teacher at every real token, or at the holes alone where it is told so', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(config), createRng(1));
      const batch = sampleBatch();
      const [rows = 1, seq = 1] = batch.ids.shape;
      const size = rows * seq * config.vocabSize;
      const said = tf.randomNormal([rows, seq, config.vocabSize], 0, 1, 'float32', 3);
      const holes = new Set(batch.positions!.dataSync());
      const atSight = Float32Array.from({ length: size }, (_, i) =>
        holes.has(Math.floor(i / config.vocabSize)) ? 0 : i % 5,
      );
      const changed = tf.add(said, tf.tensor(atSight, said.shape));
      const loss = (asked: 'tokens' | 'holes', logits: Tensor) => {
        const context = { training: false, rng: createRng(2), teacher: new Map([['logits', logits]]) };
        return read(forward(params, { ...config, asked }, batch, context).losses.distillation!);
      };
      expect(loss('holes', changed)).toBeCloseTo(loss('holes', said), 5);
      expect(Math.abs(loss('tokens', changed) - loss('tokens', said))).toBeGreaterThan(0.01);
      expect(Math.abs(loss('tokens', said) - loss('holes', said))).toBeGreaterThan(0.001);
    });
  });
});

describe('the three losses', () => {
  const teacher = () =>
    tf.tensor2d([
      [2, 1, 0.1, -1],
      [0.5, 2.5, 0, -0.5],
      [0, 0, 1, 3],
    ]);
  const student = () =>
    tf.tensor2d([
      [1, 1.5, 0, -0.5],
      [0.2, 1, 0.3, -0.2],
      [0.1, -0.3, 0.5, 1.2],
    ]);

  it('follow the teacher’s softened distribution, at every place that counts', () => {
    expect(read(softTargets(student(), teacher(), tf.tensor1d([1, 1, 1]), 2))).toBeCloseTo(0.287044, 5);
    expect(read(softTargets(student(), teacher(), tf.tensor1d([1, 0, 0]), 2))).toBeCloseTo(4 * 0.057659, 5);
  });

  it('follow the direction of its hidden states, whatever their length', () => {
    const theirs = tf.tensor2d([
      [1, 0, 2],
      [0, 1, 1],
      [2, 1, 0],
    ]);
    const ours = tf.tensor2d([
      [0.8, 0.1, 1.5],
      [0.3, 0.9, 0.2],
      [1, 1, 0.5],
    ]);
    const all = tf.tensor1d([1, 1, 1]);
    expect(read(direction(ours, theirs, all))).toBeCloseTo(0.101795, 5);
    expect(read(direction(tf.mul(ours, 7), theirs, all))).toBeCloseTo(0.101795, 5);
  });
});

describe('a student that starts from its teacher', () => {
  const student = () => ({ config, state: initialState(blueprint.spec(config), createRng(2)) });

  it('is found by its folder; a class without a way to start has none', async () => {
    expect(await loadStart('distilbert')).toBe(startFrom);
    expect(await loadStart('xlnet')).toBeUndefined();
  });

  it('takes the published layers', () => {
    expect(chosenLayers(6)).toEqual([0, 2, 4, 7, 9, 11]);
    expect(chosenLayers(2)).toEqual([0, 3]);
  });

  it('takes weights by place, and the first segment with the positions', () => {
    const tall = { ...bert.toy, vocabSize: 24, hidden: 8, layers: 4, heads: 2, inner: 12, maxLength: 6 };
    const teacher = initialState(bert.spec(tall), createRng(1));
    const start = startFrom(student(), { config: tall, state: teacher });
    expect(start.get('model.distilbert.transformer.layer.1.ffn.lin2.weight')).toEqual(
      teacher.get('model.bert.encoder.layer.3.output.dense.weight'),
    );
    expect(start.get('model.vocab_transform.weight')).toEqual(
      teacher.get('model.cls.predictions.transform.dense.weight'),
    );
    const place = teacher.get('model.bert.embeddings.position_embeddings.weight')![9]!;
    const kind = teacher.get('model.bert.embeddings.token_type_embeddings.weight')![1]!;
    expect(start.get('model.distilbert.embeddings.position_embeddings.weight')![9]).toBeCloseTo(place + kind, 6);
  });

  it('is refused by a teacher of another width', () => {
    const wide = { ...bert.toy, vocabSize: 24, layers: 4, maxLength: 6 };
    const teacher = { config: wide, state: initialState(bert.spec(wide), createRng(1)) };
    expect(() => startFrom(student(), teacher)).toThrow('expected 192 numbers');
  });
});
