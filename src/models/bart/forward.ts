import type { Params } from '../../nn/init.ts';
import { linear } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Forward } from '../architecture.ts';
import { constant } from '../shared/constant.ts';
import { scored, sumLosses, tokenLoss } from '../shared/heads.ts';
import type { BartConfig } from './config.ts';
import { readSource, writeTarget } from './sides.ts';
import type { BartParts } from './spec.ts';

/** The word table again, and a constant: y [..., hidden] → [..., vocab]. */
export function wordLogits(y: Tensor, { model }: Params<BartParts>): Tensor {
  return linear(y, {
    weight: model.model.shared.weight,
    bias: constant(() => tf.reshape(model.final_logits_bias, [-1])),
  });
}

/**
 * ids [batch, seq] one place to the right, behind the start token: what the decoder reads where nothing else is
 * given.
 */
function shiftRight(ids: Tensor, startId: number): Tensor {
  const [batch = 1, seq = 1] = ids.shape;
  const start = tf.fill([batch, 1], startId, 'int32');
  return tf.concat([start, tf.slice(ids, [0, 0], [batch, seq - 1])], 1);
}

/** Lewis et al. 2020, §2: the encoder reads the spoiled text, the decoder writes the original under teacher forcing. */
export const forward: Forward<BartConfig, BartParts> = (params, config, batch, context) => {
  const { model: weights } = params.model;
  const { ids, keep, decoderIds, decoderKeep } = batch;
  const source = { memory: readSource(weights, config, ids, keep, context), keep };
  const target = decoderIds ?? shiftRight(ids, config.startId);
  const y = writeTarget(weights, config, target, decoderIds && decoderKeep, source, context);
  const logits = wordLogits(scored(y, batch), params);
  return { logits: { logits }, ...sumLosses({ denoise: tokenLoss(logits, batch) }) };
};
