import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, flag, must, whole } from '../shared/config-json.ts';
import { isPart, sharedTables } from '../shared/replaced-hub.ts';
import { type ConvbertConfig, fields } from './config.ts';
import { type ConvbertParts, mixOf } from './spec.ts';

/** The reference has no class with the discriminator's head: its body stands alone, the head's weights beside it. */
const classes = { generator: 'ConvBertForMaskedLM', discriminator: 'ConvBertModel' } as const;

/** Its files as Hugging Face has them. */
export const hub: Hub<ConvbertConfig, ConvbertParts> = {
  classes,
  variants: { ConvBertModel: { lacks: ['discriminator_predictions.'], outputs: {} } },
  tied: { 'generator_lm_head.weight': 'convbert.embeddings.word_embeddings.weight' },
  copies: sharedTables('convbert'),
  toConfig(config, part) {
    const name = isPart(part) ? part : 'discriminator';
    const { heads, headRatio } = { ...config, ...config[name] };
    const mix = mixOf(config, config[name]);
    const isShared = mix.heads === Math.max(1, Math.floor(heads / headRatio));
    return {
      architectures: [classes[name]],
      model_type: 'convbert',
      ...writeFields(fields, { ...config, ...config[name] }),
      num_attention_heads: isShared ? heads : mix.heads * headRatio,
      num_groups: mix.groups,
      conv_kernel_size: 2 * config.reach + 1,
      bos_token_id: 1,
      eos_token_id: 2,
      tie_word_embeddings: true,
      dtype: 'float32',
      // Not fields of the reference, which keeps what it does not know.
      generator_ratio: config.generatorRatio,
      untied_generator_embeddings: !config.sharedEmbeddings,
      // The reference attends to what its values make nothing of.
      ...(config.convolutionOnly && { convolution_only: true }),
    };
  },
  fromConfig(json, part, base) {
    must(json, 'is_decoder', false);
    must(json, 'add_cross_attention', false);
    must(json, 'tie_word_embeddings', true);
    const { hidden, layers, heads, inner, ...both } = readFields(fields, json);
    const reach = Math.floor((whole(json, 'conv_kernel_size', 9) - 1) / 2);
    // An even kernel has no middle; the reference cannot run it either.
    must(json, 'conv_kernel_size', 2 * reach + 1);
    divides(2 * Math.max(1, Math.floor(heads / both.headRatio)), hidden, 'num_attention_heads', 'hidden_size');
    divides(both.groups, hidden, 'num_groups', 'hidden_size');
    divides(both.groups, inner, 'num_groups', 'intermediate_size');
    if (base) {
      must(json, 'embedding_size', base.embedding);
      must(json, 'head_ratio', base.headRatio);
      must(json, 'num_groups', base.groups);
      must(json, 'conv_kernel_size', 2 * base.reach + 1);
    }
    const sizes = { hidden, layers, heads, inner };
    const other = base?.[part === 'discriminator' ? 'generator' : 'discriminator'];
    return {
      ...both,
      reach,
      generator: part === 'discriminator' && other ? other : sizes,
      discriminator: part === 'generator' && other ? other : sizes,
      // One part alone has its own tables in its file; a pair shares them unless its files say otherwise.
      sharedEmbeddings: base !== undefined && !flag(json, 'untied_generator_embeddings', false),
      generatorRatio: whole(json, 'generator_ratio', 4),
      convolutionOnly: flag(json, 'convolution_only', false),
      maskId: 4,
      discriminatorWeight: 50,
      positions: 'normal',
    };
  },
};
