import { leaf, linear, norm, repeat, type TreeOf } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { encode } from '../../src/models/shared/encoder.ts';
import { encoderLayer } from '../../src/models/shared/encoder-spec.ts';
import { tokenHead } from '../../src/models/shared/heads.ts';
import { dropout, embedSum, gatherRows, layerNorm } from '../../src/nn/layers.ts';
import { crossEntropy } from '../../src/nn/losses.ts';
import type { Tensor } from '../../src/nn/tf.ts';
import * as tf from '../../src/nn/tf.ts';
import type { Task } from './measure.ts';

/** The reference step: a BERT encoder with a tied head that fills in tokens, 139,712 parameters. */
export const sizes = { layers: 2, hidden: 64, heads: 2, inner: 256, seq: 32, batch: 16, vocab: 512, slots: 80 };
export type BenchSizes = typeof sizes;

const std = 0.02;

export const specOf = ({ layers, hidden, inner, seq, vocab }: BenchSizes) => ({
  words: leaf([vocab, hidden], { kind: 'normal', std }),
  positions: leaf([seq, hidden], { kind: 'normal', std }),
  LayerNorm: norm(hidden),
  layer: repeat(layers, encoderLayer(hidden, inner, std)),
  transform: { dense: linear(hidden, hidden, std), LayerNorm: norm(hidden) },
  bias: leaf([vocab], { kind: 'zeros' }),
});
export type BenchParams = TreeOf<ReturnType<typeof specOf>, Tensor>;

export interface BenchBatch {
  readonly ids: Tensor;
  readonly positions: Tensor;
  readonly keep: Tensor;
  readonly slots: Tensor;
  readonly labels: Tensor;
  readonly weights: Tensor;
}

/** Batch number `step`: random tokens; `everywhere` scores every position, with weight 0 where nothing was asked. */
export function batchOf({ batch, seq, vocab, slots }: BenchSizes, step: number, everywhere: boolean): BenchBatch {
  const rng = createRng(`batch ${step}`);
  const rows = batch * seq;
  const ids = Int32Array.from({ length: rows }, () => rng.int(vocab));
  const asked = rng.permutation(rows).slice(0, slots);
  const answers = Int32Array.from({ length: rows }, () => rng.int(vocab));
  const places = everywhere ? Array.from({ length: rows }, (_, i) => i) : asked;
  return {
    ids: tf.tensor2d(ids, [batch, seq], 'int32'),
    positions: tf.tensor2d(
      Int32Array.from({ length: rows }, (_, i) => i % seq),
      [batch, seq],
      'int32',
    ),
    keep: tf.ones([batch, seq]),
    slots: tf.tensor1d(places, 'int32'),
    labels: tf.tensor1d(
      places.map((place) => answers[place]!),
      'int32',
    ),
    weights: tf.tensor1d(places.map((place) => Number(asked.includes(place)))),
  };
}

/** From a batch to the loss, at the slots alone or, with `everywhere`, at every position. */
export function lossOf(
  params: BenchParams,
  given: BenchBatch,
  { heads, hidden }: BenchSizes,
  everywhere: boolean,
): Tensor {
  const epsilon = 1e-12;
  const context = { training: true, rng: createRng('bench') };
  const options = {
    heads,
    activation: 'gelu',
    epsilon,
    mask: { keep: given.keep },
    hiddenDropout: 0,
    attentionDropout: 0,
  } as const;
  const sum = embedSum([
    { table: params.words, ids: given.ids },
    { table: params.positions, ids: given.positions },
  ]);
  const x = encode(dropout(layerNorm(sum, params.LayerNorm, epsilon)), params.layer, options, context);
  const rows = tf.reshape(x, [-1, hidden]);
  const asked = everywhere ? rows : gatherRows(rows, given.slots);
  const tied = { weight: params.words, bias: params.bias };
  return crossEntropy(tokenHead(asked, params.transform, tied, 'gelu', epsilon), given.labels, given.weights);
}

/** Tokens at some places are filled in: the head stands at those places alone, or in plain ops at all of them. */
export const maskedTokens = (sizes: BenchSizes): Task<ReturnType<typeof specOf>> => ({
  spec: specOf(sizes),
  loss(params, number, plain) {
    return lossOf(params, batchOf(sizes, number, plain), sizes, plain);
  },
});
