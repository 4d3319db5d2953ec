import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { forward } from '../../src/models/bert/forward.ts';
import { hub } from '../../src/models/bert/hub.ts';
import { blueprint } from '../../src/models/bert/spec.ts';
import { init, initialState } from '../../src/nn/init.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';
import { sampleBatch } from '../support/batch.ts';

beforeAll(() => tf.useBackend('cpu'));

const outputs = ['prediction_logits', 'seq_relationship_logits', 'hidden_states', 'attentions'];
const small = { ...blueprint.toy, vocabSize: 24, hidden: 8, heads: 2, inner: 12, maxLength: 6, initStd: 0.3 };

describe('BERT', () => {
  it.each(['bert-fresh', 'bert-noise', 'bert-full-fresh', 'bert-full-noise'])(
    'gives the logits, attentions and hidden states of the reference: %s',
    (name) => expectAgreement(name, outputs),
  );

  it('has as many weights as the reference at the size of its own example', () => {
    const config = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 128, maxLength: 64 };
    expect(count(blueprint.spec(config))).toBe(31_938);
    expect(flatten(blueprint.spec(config).model).length).toBe(14 + 16 * 2);
  });

  it('gives the same logits at scored places as everywhere', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(small), createRng(1));
      const context = { training: false, rng: createRng(2) };
      const batch = sampleBatch();
      const { positions, ...everywhere } = batch;
      const some = forward(params, small, batch, context).logits.prediction_logits!;
      const all = forward(params, small, everywhere, context).logits.prediction_logits!;
      const picked = tf.gather(tf.reshape(all, [18, 24]), positions!);
      expect(some.shape).toEqual([6, 24]);
      expect(tf.max(tf.abs(tf.sub(some, picked))).dataSync()[0]).toBeLessThan(1e-6);
    });
  });

  it('adds the loss of the pair with equal weight, and only where pairs are labelled', () => {
    tf.tidy(() => {
      const params = init(blueprint.spec(small), createRng(1));
      const context = { training: false, rng: createRng(2) };
      const { pairLabels: _, ...unpaired } = sampleBatch();
      const { loss, losses } = forward(params, small, sampleBatch(), context);
      expect(loss!.dataSync()[0]).toBeCloseTo(losses.mlm!.dataSync()[0]! + losses.nsp!.dataSync()[0]!, 6);
      expect(Object.keys(forward(params, small, unpaired, context).losses)).toEqual(['mlm']);
    });
  });

  it('starts its positions from sinusoids when asked to', () => {
    const table = initialState(blueprint.spec({ ...small, initStd: 0.02, positions: 'sinusoids' }), createRng(1)).get(
      'model.bert.embeddings.position_embeddings.weight',
    )!;
    expect(table[0]).toBe(0);
    expect(table[1]).toBeCloseTo(0.05, 6);
    expect(table[8]).toBeCloseTo(0.05 * Math.sin(1), 6);
  });

  it.each([
    [{ hidden_size: 10, num_attention_heads: 3 }, 'a multiple of num_attention_heads'],
    [{ hidden_act: 'silu' }, 'one of gelu, gelu_new, relu'],
    [{ vocab_size: 2.5 }, 'a whole number from 1 on'],
    [{ layer_norm_eps: 'small' }, 'a number from 0 on'],
    [{ position_embedding_type: 'relative_key' }, '"absolute" is needed'],
    [{ is_decoder: true }, 'false is needed'],
  ])('refuses a configuration that it cannot compute: %o', (json, reason) => {
    expect(() => hub.fromConfig({ model_type: 'bert', ...json })).toThrow(reason);
  });
});
