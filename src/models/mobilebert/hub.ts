import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, flag, must, whole } from '../shared/config-json.ts';
import { fields, type MobilebertConfig } from './config.ts';
import { type MobilebertParts, widthsOf } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<MobilebertConfig, MobilebertParts> = {
  classes: { model: 'MobileBertForPreTraining' },
  variants: {
    MobileBertForMaskedLM: {
      lacks: ['mobilebert.pooler.', 'cls.seq_relationship.'],
      outputs: { logits: 'prediction_logits' },
    },
  },
  tied: {
    'cls.predictions.decoder.weight': 'mobilebert.embeddings.word_embeddings.weight',
    'cls.predictions.decoder.bias': 'cls.predictions.bias',
  },
  toConfig(config) {
    const { inside, embedding } = widthsOf(config);
    return {
      architectures: ['MobileBertForPreTraining'],
      model_type: 'mobilebert',
      ...writeFields(fields, { ...config, embedding }),
      intra_bottleneck_size: inside,
      use_bottleneck_attention: config.source === 'bottleneck',
      key_query_shared_bottleneck: config.source === 'shared',
      tie_word_embeddings: true,
      dtype: 'float32',
    };
  },
  fromConfig(json) {
    must(json, 'tie_word_embeddings', true);
    const config = readFields(fields, json);
    const { hidden, heads, bottleneck } = config;
    const inside = bottleneck ? whole(json, 'intra_bottleneck_size', 128) : hidden;
    divides(heads, inside, 'num_attention_heads', bottleneck ? 'intra_bottleneck_size' : 'hidden_size');
    // Wider, no columns would be left for the answers alone.
    if (config.embedding > hidden) must(json, 'embedding_size', hidden);
    const isNarrowed = flag(json, 'use_bottleneck_attention', false);
    const isShared = flag(json, 'key_query_shared_bottleneck', true);
    // With both the reference has a narrowing that it never uses, and with neither it fits only where none narrows.
    if (isNarrowed) must({ key_query_shared_bottleneck: isShared }, 'key_query_shared_bottleneck', false);
    else if (!isShared) must({ intra_bottleneck_size: inside }, 'intra_bottleneck_size', hidden);
    return {
      ...config,
      headWidth: inside / heads,
      source: isNarrowed ? 'bottleneck' : isShared ? 'shared' : 'states',
      positions: 'normal',
    };
  },
};
