import { blockAttention } from '../../nn/block-attention.ts';
import { dropout, embed, embedSum, layerNorm, linear } from '../../nn/layers.ts';
import type { Tensor } from '../../nn/tf.ts';
import * as tf from '../../nn/tf.ts';
import type { Context, Forward } from '../architecture.ts';
import { type Attend, dropAt, encode, firstToken, positionIds } from '../shared/encoder.ts';
import { pairLoss, scored, sumLosses, tokenHead, tokenLoss } from '../shared/heads.ts';
import { showing } from '../shared/tap.ts';
import type { BigbirdConfig } from './config.ts';
import { planOf } from './plan.ts';
import { isSparse } from './plan-spec.ts';
import type { BigbirdParts } from './spec.ts';

type Weights = Parameters<Forward<BigbirdConfig, BigbirdParts>>[0]['model']['bert']['embeddings'];

/** Word + token type + position, dropped before they are normed: ids, segments [batch, seq] → [batch, seq, hidden]. */
function embedInput(params: Weights, ids: Tensor, segments: Tensor, config: BigbirdConfig, context: Context): Tensor {
  const { hidden, epsilon, hiddenDropout, rescale } = config;
  const places = positionIds(ids.shape[0] ?? 1, ids.shape[1] ?? 1, context.firstPlace);
  const words = { table: params.word_embeddings.weight, ids, still: config.padId };
  const others = [
    { table: params.token_type_embeddings.weight, ids: segments },
    { table: params.position_embeddings.weight, ids: places },
  ];
  const sum = rescale
    ? tf.add(tf.mul(embed(words.table, ids, words.still), Math.sqrt(hidden)), embedSum(others))
    : embedSum([words, ...others]);
  return layerNorm(dropout(sum, dropAt(context, hiddenDropout, 'embeddings')), params.LayerNorm, epsilon);
}

/** Zaheer et al. 2020, §2: BERT, in which blocks of a long text look at a few blocks of it. */
export const forward: Forward<BigbirdConfig, BigbirdParts> = ({ model: { bert, cls } }, config, batch, context) => {
  const { ids, segments, keep } = batch;
  const length = ids.shape[1] ?? 1;
  const options = { ...config, mask: { keep } };
  /** No weights are dropped here, as in the reference. */
  const inBlocks: Attend = (x, weights, i) => {
    const plan = planOf(config, length, i, context.training);
    return blockAttention(x, weights, { plan, keep, tap: showing(context, `attention.${i}`) });
  };
  const attend = isSparse(config, length) ? inBlocks : undefined;
  const input = embedInput(bert.embeddings, ids, segments, config, context);
  const x = encode(input, bert.encoder.layer, options, context, attend);

  const { transform, bias } = cls.predictions;
  const tied = { weight: bert.embeddings.word_embeddings.weight, bias };
  const tokens = tokenHead(scored(x, batch), transform, tied, config.activation, config.epsilon);
  const pair = linear(linear(firstToken(x), bert.pooler, 'tanh'), cls.seq_relationship);
  return {
    logits: { prediction_logits: tokens, seq_relationship_logits: pair },
    ...sumLosses({ mlm: tokenLoss(tokens, batch), nsp: pairLoss(pair, batch) }),
  };
};
