import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Forward } from '../architecture.ts';
import { embedInput, encode } from '../shared/encoder.ts';
import { scored, sumLosses, tokenHead, tokenLoss } from '../shared/heads.ts';
import type { RobertaConfig } from './config.ts';
import type { RobertaParts } from './spec.ts';

/**
 * Real tokens are counted from `padId` + 1 on, or as much later as the first place is; padding stands at `padId`: ids
 * [batch, seq] → [batch, seq] int32.
 */
function places(ids: Tensor, padId: number, firstPlace = 0): Tensor {
  const real = tf.cast(tf.notEqual(ids, padId), 'float32');
  const counted = tf.cumsum(real, 1);
  // No draw for what is mostly nothing.
  const moved = firstPlace === 0 ? counted : tf.add(counted, firstPlace);
  return tf.cast(tf.add(tf.mul(moved, real), padId), 'int32');
}

/** Liu et al. 2019, §2.1: BERT's encoder with other positions and one head, which is fixed to the exact gelu. */
export const forward: Forward<RobertaConfig, RobertaParts> = ({ model }, config, batch, context) => {
  const { roberta, lm_head: head } = model;
  const { ids, segments, keep } = batch;
  const options = { ...config, mask: { keep } };
  // A table of one row is added to every token.
  const kinds = config.segments > 1 ? segments : tf.zerosLike(segments);
  const at = { ids: places(ids, config.padId, context.firstPlace), still: config.padId };
  const embedded = embedInput(roberta.embeddings, ids, kinds, options, context, at);
  const x = encode(embedded, roberta.encoder.layer, options, context);

  const tied = { weight: roberta.embeddings.word_embeddings.weight, bias: head.bias };
  const transform = { dense: head.dense, LayerNorm: head.layer_norm };
  const logits = tokenHead(scored(x, batch), transform, tied, 'gelu', config.epsilon);
  return { logits: { logits }, ...sumLosses({ mlm: tokenLoss(logits, batch) }) };
};
