import { causal } from '../../core/pattern.ts';
import { linear } from '../../nn/layers.ts';
import type { Forward } from '../architecture.ts';
import { embedInput, encode, firstToken, visible } from '../shared/encoder.ts';
import { pairLoss, scored, sumLosses, tokenHead, tokenLoss } from '../shared/heads.ts';
import type { BertConfig } from './config.ts';
import type { BertParts } from './spec.ts';

/** Devlin et al. 2019, §3: embeddings, encoder, a head that fills in tokens and one that judges the pair. */
export const forward: Forward<BertConfig, BertParts> = ({ model: { bert, cls } }, config, batch, context) => {
  const { ids, segments, keep } = batch;
  const options = {
    ...config,
    mask: { keep, visible: config.causal ? visible(causal(ids.shape[1] ?? 1)) : undefined },
  };
  const x = encode(embedInput(bert.embeddings, ids, segments, options, context), bert.encoder.layer, options, context);

  const { transform, bias } = cls.predictions;
  const tied = { weight: bert.embeddings.word_embeddings.weight, bias };
  const tokens = tokenHead(scored(x, batch), transform, tied, config.activation, config.epsilon);
  const pair = linear(linear(firstToken(x), bert.pooler.dense, 'tanh'), cls.seq_relationship);
  return {
    logits: { prediction_logits: tokens, seq_relationship_logits: pair },
    ...sumLosses({ mlm: tokenLoss(tokens, batch), nsp: pairLoss(pair, batch) }),
  };
};
