import { leaf, norm, repeat } from '../../src/core/params.ts';
import { causal } from '../../src/core/pattern.ts';
import { createRng } from '../../src/core/rng.ts';
import { encode, positionIds, visible } from '../../src/models/shared/encoder.ts';
import { encoderLayer } from '../../src/models/shared/encoder-spec.ts';
import { embedSum, layerNorm, linear } from '../../src/nn/layers.ts';
import { crossEntropy } from '../../src/nn/losses.ts';
import * as tf from '../../src/nn/tf.ts';
import type { Task } from './measure.ts';

/** The task that is shared with others: the next token, at every place. */
export const sizes = { layers: 2, hidden: 64, heads: 2, inner: 256, seq: 64, batch: 16, vocab: 100 };
export type CausalSizes = typeof sizes;

const std = 0.02;
const epsilon = 1e-12;

/** No head of its own: logits are products with the word table. */
const specOf = ({ layers, hidden, inner, seq, vocab }: CausalSizes) => ({
  words: leaf([vocab, hidden], { kind: 'normal', std }),
  positions: leaf([seq, hidden], { kind: 'normal', std }),
  LayerNorm: norm(hidden),
  layer: repeat(layers, encoderLayer(hidden, inner, std)),
});

/** Random tokens: read are all but the last, asked all but the first. */
export function textOf(vocab: number, length: number): Uint16Array {
  const rng = createRng('text of the bench');
  return Uint16Array.from({ length }, () => rng.int(vocab));
}

/** Rows of a text that follow one another, from another place at each step. */
export function nextTokens(sizes: CausalSizes, text: Uint16Array): Task<ReturnType<typeof specOf>> {
  const { batch, seq, heads, vocab, hidden } = sizes;
  const tokens = batch * seq;
  return {
    spec: specOf(sizes),
    loss(params, number) {
      const from = (number * tokens) % (text.length - tokens - 1);
      const read = Int32Array.from(text.subarray(from, from + tokens));
      const asked = Int32Array.from(text.subarray(from + 1, from + tokens + 1));
      const ids = tf.tensor2d(read, [batch, seq], 'int32');
      const sum = embedSum([
        { table: params.words, ids },
        { table: params.positions, ids: positionIds(batch, seq) },
      ]);
      const options = {
        heads,
        activation: 'gelu',
        epsilon,
        mask: { visible: visible(causal(seq)) },
        hiddenDropout: 0,
        attentionDropout: 0,
      } as const;
      const context = { training: true, rng: createRng('bench') };
      const x = encode(layerNorm(sum, params.LayerNorm, epsilon), params.layer, options, context);
      const logits = linear(tf.reshape(x, [tokens, hidden]), { weight: params.words });
      return crossEntropy(tf.reshape(logits, [tokens, vocab]), tf.tensor1d(asked, 'int32'), tf.ones([tokens]));
    },
  };
}

/** Multiplications with an addition of a step, counted from the shapes: each product is made three times, once forward. */
export function multiplyAdds({ layers, hidden, inner, seq, batch, vocab }: CausalSizes): number {
  const tokens = batch * seq;
  const maps = layers * (4 * hidden * hidden + 2 * hidden * inner) + hidden * vocab;
  const attention = layers * 2 * seq * hidden;
  return 3 * tokens * (maps + attention);
}
