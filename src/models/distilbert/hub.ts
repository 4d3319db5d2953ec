import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, must } from '../shared/config-json.ts';
import { type DistilbertConfig, sizeFields, startFields } from './config.ts';
import type { DistilbertParts } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<DistilbertConfig, DistilbertParts> = {
  classes: { model: 'DistilBertForMaskedLM' },
  tied: { 'vocab_projector.weight': 'distilbert.embeddings.word_embeddings.weight' },
  toConfig: (config) => ({
    architectures: ['DistilBertForMaskedLM'],
    model_type: 'distilbert',
    ...writeFields(sizeFields, config),
    sinusoidal_pos_embds: false,
    ...writeFields(startFields, config),
    tie_word_embeddings: true,
    dtype: 'float32',
  }),
  fromConfig(json) {
    must(json, 'tie_word_embeddings', true);
    const config = { ...readFields(sizeFields, json), ...readFields(startFields, json) };
    divides(config.heads, config.hidden, 'n_heads', 'dim');
    return { ...config, temperature: 2, asked: 'tokens', positions: 'normal' };
  },
};
