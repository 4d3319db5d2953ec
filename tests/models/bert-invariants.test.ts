import { beforeAll, describe, expect, it } from 'vitest';
import { build, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import type { Batch } from '../../src/models/architecture.ts';
import type { BertConfig } from '../../src/models/bert/config.ts';
import { forward } from '../../src/models/bert/forward.ts';
import { type BertParts, blueprint } from '../../src/models/bert/spec.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { init, initialState, type Params } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const small: BertConfig = {
  ...blueprint.toy,
  vocabSize: 24,
  hidden: 8,
  layers: 1,
  heads: 2,
  inner: 12,
  maxLength: 10,
  initStd: 0.3,
};
const still = () => ({ training: false, rng: createRng(2) });
const weightsOf = (config = small) => init(blueprint.spec(config), createRng(1));

/** The same model with other tables. */
function withTables(params: Params<BertParts>, tables: Partial<Params<BertParts>['model']['bert']['embeddings']>) {
  const { bert, cls } = params.model;
  return { model: { cls, bert: { ...bert, embeddings: { ...bert.embeddings, ...tables } } } };
}

/** One row without padding; logits are wanted everywhere. */
function rowOf(ids: readonly number[], segments: readonly number[] = ids.map(() => 0)): Batch {
  return {
    ids: tf.tensor2d([[...ids]], undefined, 'int32'),
    segments: tf.tensor2d([[...segments]], undefined, 'int32'),
    keep: tf.ones([1, ids.length]),
  };
}

/** How much the logits at each place (row) move with what is embedded at each place (column): largest derivative. */
function influence(config: BertConfig): number[][] {
  return tf.tidy(() => {
    const params = weightsOf(config);
    const batch = rowOf([5, 7, 9, 11, 6, 8]);
    // Each place has a row of its own in this table, which is added to what is embedded there.
    const table = params.model.bert.embeddings.position_embeddings.weight;
    const direction = tf.tensor1d(Array.from({ length: 24 }, (_, id) => Math.sin(3 * id + 1)));
    return [0, 1, 2, 3, 4, 5].map((place) => {
      const gradient = tf.grad((weight: Tensor) => {
        const model = withTables(params, { position_embeddings: { weight } });
        const logits = forward(model, config, batch, still()).logits.prediction_logits!;
        return tf.sum(tf.mul(tf.slice(logits, [0, place, 0], [1, 1, 24]), direction)) as tf.Scalar;
      })(table);
      return [...tf.max(tf.abs(tf.slice(gradient, [0, 0], [6, 8])), 1).dataSync()];
    });
  });
}

describe('BERT', () => {
  it('predicts from what stands on the left and on the right, with a single layer', () => {
    const sizes = influence(small);
    expect(sizes.flat().every((size) => size > 1e-4)).toBe(true);
  });

  it('predicts from the left alone when it is causal', () => {
    const moved = influence({ ...small, causal: true }).map((row) => row.map((size) => Number(size > 0)));
    expect(moved).toEqual([
      [1, 0, 0, 0, 0, 0],
      [1, 1, 0, 0, 0, 0],
      [1, 1, 1, 0, 0, 0],
      [1, 1, 1, 1, 0, 0],
      [1, 1, 1, 1, 1, 0],
      [1, 1, 1, 1, 1, 1],
    ]);
  });

  it('learns nothing where nothing is asked: the loss is 0, and so is every gradient', () => {
    tf.tidy(() => {
      const { pairLabels: _, weights, ...rest } = sampleBatch();
      const batch = { ...rest, weights: tf.zerosLike(weights!) };
      const spec = blueprint.spec(small);
      const leaves = flatten(spec).filter(([name]) => !/pooler|seq_relationship/.test(name));
      const state = initialState(spec, createRng(1));
      const tensorOf = (name: string, shape: readonly number[]) => tf.tensor(state.get(name)!, [...shape]);
      const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
        const byName = new Map(leaves.map(([name], i) => [name, tensors[i]!]));
        const params = build(spec, (name, { shape }) => byName.get(name) ?? tensorOf(name, shape));
        return forward(params, small, batch, still()).loss as tf.Scalar;
      })(leaves.map(([name, { shape }]) => tensorOf(name, shape)));
      expect(value.dataSync()[0]).toBe(0);
      const moving = grads.filter((gradient) => !gradient.dataSync().every((slope) => slope === 0));
      expect(moving).toEqual([]);
    });
  });

  it('has the same loss when tokens are renamed and their rows and biases with them', () => {
    tf.tidy(() => {
      const params = weightsOf();
      const { bert, cls } = params.model;
      const bias = tf.tensor1d(Array.from({ length: 24 }, (_, id) => Math.cos(5 * id)));
      const old = Array.from({ length: 24 }, (_, id) => (id * 7 + 5) % 24);
      const news = old.map((_, id) => old.indexOf(id));
      const table = bert.embeddings.word_embeddings.weight;
      const rename = (ids: Tensor) => tf.cast(tf.gather(tf.tensor1d(news, 'int32'), ids), 'int32');
      const withBias = (model: Params<BertParts>, values: Tensor) => ({
        model: { ...model.model, cls: { ...cls, predictions: { ...cls.predictions, bias: values } } },
      });
      const moved = withTables(params, {
        word_embeddings: { weight: tf.gather(table, tf.tensor1d(old, 'int32')) },
      });
      const batch = sampleBatch();
      const renamed = { ...batch, ids: rename(batch.ids), labels: rename(batch.labels!) };
      const loss = (model: Params<BertParts>, of: Batch) => forward(model, small, of, still()).loss!.dataSync()[0]!;
      const before = loss(withBias(params, bias), batch);
      expect(loss(withBias(moved, tf.gather(bias, tf.tensor1d(old, 'int32'))), renamed)).toBeCloseTo(before, 5);
      expect(Math.abs(loss(withBias(params, bias), renamed) - before)).toBeGreaterThan(0.01);
    });
  });

  it('judges a pair from the first hidden state of the last layer alone', () => {
    tf.tidy(() => {
      const config = { ...small, layers: 2 };
      const params = weightsOf(config);
      let last: Tensor | undefined;
      const tap = tapFor(['hidden.2'], (_, value) => {
        last = value;
      });
      const { logits, losses } = forward(params, config, sampleBatch(), { ...still(), tap });
      const { pooler } = params.model.bert;
      const { seq_relationship: head } = params.model.cls;
      const first = tf.reshape(tf.slice(last!, [0, 0, 0], [3, 1, 8]), [3, 8]);
      const pooled = tf.tanh(tf.add(tf.matMul(first, pooler.dense.weight, false, true), pooler.dense.bias));
      const verdicts = tf.add(tf.matMul(pooled, head.weight, false, true), head.bias);
      expect(tf.max(tf.abs(tf.sub(verdicts, logits.seq_relationship_logits!))).dataSync()[0]).toBeLessThan(1e-6);
      // −ln p of the labels 0, 1, 1.
      const p = tf.softmax(verdicts).arraySync() as number[][];
      const cost = -(Math.log(p[0]![0]!) + Math.log(p[1]![1]!) + Math.log(p[2]![1]!)) / 3;
      expect(losses.nsp!.dataSync()[0]).toBeCloseTo(cost, 5);
    });
  });

  it('cannot tell two segments from their exchange without positions and segments', () => {
    tf.tidy(() => {
      const params = weightsOf();
      const { position_embeddings: places, token_type_embeddings: kinds } = params.model.bert.embeddings;
      const blind = withTables(params, {
        position_embeddings: { weight: tf.zerosLike(places.weight) },
        token_type_embeddings: { weight: tf.zerosLike(kinds.weight) },
      });
      // [CLS] a [SEP] b [SEP] and [CLS] b [SEP] a [SEP]
      const kept = rowOf([2, 5, 7, 9, 3, 11, 6, 3], [0, 0, 0, 0, 0, 1, 1, 1]);
      const exchanged = rowOf([2, 11, 6, 3, 5, 7, 9, 3], [0, 0, 0, 0, 1, 1, 1, 1]);
      const verdict = (model: Params<BertParts>, batch: Batch) =>
        forward(model, small, batch, still()).logits.seq_relationship_logits!;
      const gap = (model: Params<BertParts>) =>
        tf.max(tf.abs(tf.sub(verdict(model, kept), verdict(model, exchanged)))).dataSync()[0]!;
      expect(gap(blind)).toBeLessThan(1e-6);
      expect(gap(params)).toBeGreaterThan(1e-3);
    });
  });
});
