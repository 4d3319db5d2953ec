import { beforeAll, describe, expect, it } from 'vitest';
import { count, flatten } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { forward } from '../../src/models/roberta/forward.ts';
import { blueprint } from '../../src/models/roberta/spec.ts';
import { tapFor } from '../../src/models/shared/tap.ts';
import { init } from '../../src/nn/init.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import { expectAgreement } from '../support/agree.ts';

beforeAll(() => tf.useBackend('cpu'));

describe('RoBERTa', () => {
  it.each(['roberta-fresh', 'roberta-noise', 'roberta-full-fresh', 'roberta-full-noise'])(
    'gives the logits, attentions and hidden states of the reference: %s',
    (name) => expectAgreement(name, ['logits', 'hidden_states', 'attentions']),
  );

  it('has as many weights as the reference at the size of its own example', () => {
    const example = { ...blueprint.toy, vocabSize: 64, hidden: 32, inner: 128, rows: 66 };
    expect(count(blueprint.spec(example))).toBe(30_848);
    expect(flatten(blueprint.spec(example).model).length).toBe(10 + 16 * 2);
  });

  it('counts positions from behind the padding token’s and leaves padding there', () => {
    tf.tidy(() => {
      const config = { ...blueprint.toy, vocabSize: 8, hidden: 4, layers: 1, inner: 4, rows: 8, padId: 1 };
      const params = init(blueprint.spec(config), createRng(1));
      const { embeddings } = params.model.roberta;
      // Words and kinds are nothing, position p is p times a direction that the norm cannot remove.
      const ramp = tf.tensor2d(Array.from({ length: 8 }, (_, p) => [p, 0, 0, 0]));
      const plain = {
        ...params.model.roberta,
        embeddings: {
          word_embeddings: { weight: tf.zeros([8, 4]) },
          token_type_embeddings: { weight: tf.zeros([1, 4]) },
          position_embeddings: { weight: ramp },
          LayerNorm: embeddings.LayerNorm,
        },
      };
      let first: Tensor | undefined;
      const tap = tapFor(['hidden.0'], (_, value) => {
        first = value;
      });
      const ids = tf.tensor2d([[0, 5, 6, 2, 1, 1]], undefined, 'int32');
      const batch = { ids, segments: tf.zerosLike(ids), keep: tf.tensor2d([[1, 1, 1, 1, 0, 0]]) };
      const wide = { ...config, epsilon: 100 };
      forward({ model: { ...params.model, roberta: plain } }, wide, batch, { training: false, rng: createRng(1), tap });
      const found = (first!.arraySync() as number[][][])[0]!.map(([x]) => x!);
      // What the norm makes of position p with this epsilon: 0.75 p / √(0.1875 p² + 100).
      const normed = (p: number) => (0.75 * p) / Math.sqrt(0.1875 * p * p + 100);
      [2, 3, 4, 5, 1, 1].forEach((p, i) => {
        expect(found[i]).toBeCloseTo(normed(p), 6);
      });
    });
  });

  it('has rows enough for its longest text', () => {
    const size = { layers: 1, hidden: 4, heads: 2, vocabSize: 8, maxLength: 64, dropout: 0 };
    expect(blueprint.resize({ ...blueprint.toy, padId: 1 }, size).rows).toBe(66);
  });
});
