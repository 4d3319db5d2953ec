import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, must } from '../shared/config-json.ts';
import { type BigbirdConfig, fields } from './config.ts';
import type { BigbirdParts } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<BigbirdConfig, BigbirdParts> = {
  classes: { model: 'BigBirdForPreTraining' },
  variants: { BigBirdForMaskedLM: { lacks: ['cls.seq_relationship.'], outputs: { logits: 'prediction_logits' } } },
  tied: {
    'cls.predictions.decoder.weight': 'bert.embeddings.word_embeddings.weight',
    'cls.predictions.decoder.bias': 'cls.predictions.bias',
  },
  toConfig: (config) => ({
    architectures: ['BigBirdForPreTraining'],
    model_type: 'big_bird',
    ...writeFields(fields, config),
    bos_token_id: 1,
    eos_token_id: 2,
    sep_token_id: 3,
    tie_word_embeddings: true,
    dtype: 'float32',
  }),
  fromConfig(json) {
    must(json, 'is_decoder', false);
    must(json, 'add_cross_attention', false);
    must(json, 'tie_word_embeddings', true);
    const config = readFields(fields, json);
    divides(config.heads, config.hidden, 'num_attention_heads', 'hidden_size');
    return { ...config, parts: 'published', positions: 'normal' };
  },
};
