import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, must } from '../shared/config-json.ts';
import { type BertConfig, fields } from './config.ts';
import type { BertParts } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<BertConfig, BertParts> = {
  classes: { model: 'BertForPreTraining' },
  variants: {
    BertForMaskedLM: { lacks: ['bert.pooler.', 'cls.seq_relationship.'], outputs: { logits: 'prediction_logits' } },
  },
  tied: {
    'cls.predictions.decoder.weight': 'bert.embeddings.word_embeddings.weight',
    'cls.predictions.decoder.bias': 'cls.predictions.bias',
  },
  toConfig: (config) => ({
    architectures: ['BertForPreTraining'],
    model_type: 'bert',
    ...writeFields(fields, config),
    tie_word_embeddings: true,
    dtype: 'float32',
  }),
  fromConfig(json) {
    must(json, 'position_embedding_type', 'absolute');
    must(json, 'is_decoder', false);
    must(json, 'add_cross_attention', false);
    must(json, 'tie_word_embeddings', true);
    const config = readFields(fields, json);
    divides(config.heads, config.hidden, 'num_attention_heads', 'hidden_size');
    return { ...config, causal: false, positions: 'normal' };
  },
};
