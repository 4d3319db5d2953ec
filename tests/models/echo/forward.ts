import { byOrder, window } from '../../../src/core/pattern.ts';
import type { Forward } from '../../../src/models/architecture.ts';
import { embedInput, encode, visible } from '../../../src/models/shared/encoder.ts';
import { scored, sumLosses, tokenHead, tokenLoss } from '../../../src/models/shared/heads.ts';
import { showing } from '../../../src/models/shared/tap.ts';
import { linear } from '../../../src/nn/layers.ts';
import { binaryCrossEntropy } from '../../../src/nn/losses.ts';
import type { Tensor } from '../../../src/nn/tf.ts';
import * as tf from '../../../src/nn/tf.ts';
import type { EchoConfig } from './config.ts';
import type { EchoParts } from './spec.ts';

/** ids [batch, seq] → [batch · seq], 1 where the same token stands further left. */
function stoodBefore(ids: Tensor): Tensor {
  const order = Array.from({ length: ids.shape[1] ?? 1 }, (_, i) => i);
  const same = tf.cast(tf.equal(tf.expandDims(ids, 2), tf.expandDims(ids, 1)), 'float32'); // [batch, query, key]
  return tf.reshape(tf.max(tf.mul(same, visible(byOrder(order))), -1), [-1]);
}

export const forward: Forward<EchoConfig, EchoParts> = ({ model }, config, batch, context) => {
  const { ids, segments, keep, labels } = batch;
  const far = { ...config, mask: { keep } };
  const near = {
    ...config,
    mask: { keep, visible: visible(window(ids.shape[1] ?? 1, config.radius)) },
    prefix: 'near.',
  };
  const input = embedInput(model.embeddings, ids, segments, far, context);
  const x = encode(encode(input, model.far.layer, far, context), model.near.layer, near, context);

  const tied = { weight: model.embeddings.word_embeddings.weight, bias: model.predictions.bias };
  const logits = tokenHead(scored(x, batch), model.predictions, tied, config.activation, config.epsilon);
  const repeated = tf.reshape(linear(x, model.repeated), ids.shape);
  showing(context, 'repeated')?.(tf.sigmoid(repeated));
  const truth = { labels: stoodBefore(ids), weights: tf.reshape(keep, [-1]) };
  const own = labels && binaryCrossEntropy(tf.reshape(repeated, [-1]), truth.labels, truth.weights);
  return {
    logits: { logits, repeated },
    ...sumLosses({ mlm: tokenLoss(logits, batch), repeated: own }, { repeated: 0.5 }),
    truths: { repeated: truth },
  };
};
