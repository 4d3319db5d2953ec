import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, must } from '../shared/config-json.ts';
import { type AlbertConfig, fields } from './config.ts';
import type { AlbertParts } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<AlbertConfig, AlbertParts> = {
  classes: { model: 'AlbertForPreTraining' },
  variants: {
    AlbertForMaskedLM: { lacks: ['albert.pooler.', 'sop_classifier.'], outputs: { logits: 'prediction_logits' } },
  },
  tied: {
    'predictions.decoder.weight': 'albert.embeddings.word_embeddings.weight',
    'predictions.decoder.bias': 'predictions.bias',
  },
  toConfig: (config) => ({
    architectures: ['AlbertForPreTraining'],
    model_type: 'albert',
    ...writeFields(fields, config),
    bos_token_id: 2,
    eos_token_id: 3,
    tie_word_embeddings: true,
    dtype: 'float32',
  }),
  fromConfig(json) {
    must(json, 'position_embedding_type', 'absolute');
    must(json, 'tie_word_embeddings', true);
    must(json, 'num_labels', 2);
    const config = readFields(fields, json);
    divides(config.heads, config.hidden, 'num_attention_heads', 'hidden_size');
    divides(config.groups, config.layers, 'num_hidden_groups', 'num_hidden_layers');
    return { ...config, positions: 'normal' };
  },
};
