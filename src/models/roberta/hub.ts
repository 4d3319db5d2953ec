import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, must } from '../shared/config-json.ts';
import { fields, type RobertaConfig } from './config.ts';
import type { RobertaParts } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<RobertaConfig, RobertaParts> = {
  classes: { model: 'RobertaForMaskedLM' },
  tied: {
    'lm_head.decoder.weight': 'roberta.embeddings.word_embeddings.weight',
    'lm_head.decoder.bias': 'lm_head.bias',
  },
  toConfig: (config) => ({
    architectures: ['RobertaForMaskedLM'],
    model_type: 'roberta',
    ...writeFields(fields, config),
    bos_token_id: 2,
    eos_token_id: 3,
    tie_word_embeddings: true,
    dtype: 'float32',
  }),
  fromConfig(json) {
    must(json, 'position_embedding_type', 'absolute');
    must(json, 'is_decoder', false);
    must(json, 'tie_word_embeddings', true);
    const config = readFields(fields, json);
    divides(config.heads, config.hidden, 'num_attention_heads', 'hidden_size');
    return { ...config, positions: 'normal' };
  },
};
