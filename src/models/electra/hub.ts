import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, flag, must } from '../shared/config-json.ts';
import { isPart, sharedTables } from '../shared/replaced-hub.ts';
import { type ElectraConfig, fields } from './config.ts';
import type { ElectraParts } from './spec.ts';

const classes = { generator: 'ElectraForMaskedLM', discriminator: 'ElectraForPreTraining' } as const;

/** Its files as Hugging Face has them. */
export const hub: Hub<ElectraConfig, ElectraParts> = {
  classes,
  tied: { 'generator_lm_head.weight': 'electra.embeddings.word_embeddings.weight' },
  copies: sharedTables('electra'),
  toConfig(config, part) {
    const name = isPart(part) ? part : 'discriminator';
    return {
      architectures: [classes[name]],
      model_type: 'electra',
      ...writeFields(fields, { ...config, ...config[name] }),
      tie_word_embeddings: true,
      dtype: 'float32',
      // Not a field of the reference, which keeps what it does not know.
      untied_generator_embeddings: !config.sharedEmbeddings,
    };
  },
  fromConfig(json, part, base) {
    must(json, 'position_embedding_type', 'absolute');
    must(json, 'is_decoder', false);
    must(json, 'tie_word_embeddings', true);
    const { embedding, hidden, layers, heads, inner, ...both } = readFields(fields, json);
    divides(heads, hidden, 'num_attention_heads', 'hidden_size');
    const sizes = { embedding, hidden, layers, heads, inner };
    const other = base?.[part === 'discriminator' ? 'generator' : 'discriminator'];
    return {
      ...both,
      generator: part === 'discriminator' && other ? other : sizes,
      discriminator: part === 'generator' && other ? other : sizes,
      // One part alone has its own tables in its file; a pair shares them unless its files say otherwise.
      sharedEmbeddings: other?.embedding === embedding && !flag(json, 'untied_generator_embeddings', false),
      maskId: 4,
      discriminatorWeight: 50,
      judgesAll: true,
      positions: 'normal',
    };
  },
};
