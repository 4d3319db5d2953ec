import type { Hub } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, flag, type Json, must } from '../shared/config-json.ts';
import { type DebertaConfig, fields, refuse } from './config.ts';
import { hasConvolution, isBucketed } from './depth-spec.ts';
import type { DebertaParts } from './weights-spec.ts';

const types = { v1: 'deberta', v2: 'deberta-v2' } as const;
const classes = { v1: 'DebertaForMaskedLM', v2: 'DebertaV2ForMaskedLM' } as const;

/** `DebertaV2Config` where it has other defaults. */
const v2Sizes = {
  vocab_size: 128100,
  hidden_size: 1536,
  num_hidden_layers: 24,
  num_attention_heads: 24,
  intermediate_size: 6144,
};

const toConfig = (config: DebertaConfig): Record<string, unknown> => {
  const { version, c2c, c2p, p2c, places, radius, maxLength, buckets, normedDistances, reach, legacy } = config;
  const named = { c2p, p2c };
  return {
    architectures: [classes[version]],
    model_type: types[version],
    ...writeFields(fields, config),
    max_relative_positions: isBucketed(config) && buckets > (radius || maxLength) ? buckets : radius || -1,
    position_buckets: buckets > 1 ? buckets : -1,
    norm_rel_ebd: normedDistances ? 'layer_norm' : 'none',
    conv_kernel_size: version === 'v1' || hasConvolution(config) ? 2 * reach + Number(reach > 0) : 0,
    relative_attention: c2p || p2c,
    pos_att_type: (['c2p', 'p2c'] as const).filter((name) => named[name]),
    position_biased_input: places === 'input',
    // Unlike the legacy head, the other one reads the word table without a tie.
    tie_word_embeddings: legacy,
    dtype: 'float32',
    // No fields of the reference, which keeps what it does not know and computes without it.
    enhanced_mask_decoder: places === 'decoder',
    content_to_content: c2c,
  };
};

/** The class has no mask decoder, whose table it leaves out, and no way to leave out what contents say to contents. */
function lost(config: DebertaConfig): { readonly text: string; readonly config: DebertaConfig } | undefined {
  const { places, c2c } = config;
  const isDecoded = places === 'decoder';
  const parts = [
    ...(isDecoded ? ['has no mask decoder and answers from the last layer, without absolute places'] : []),
    ...(c2c ? [] : ['always adds what contents say to contents']),
  ];
  if (parts.length === 0) return undefined;
  return {
    text: `Hugging Face’s class ${parts.join(', and ')}: there it gives other answers.`,
    config: { ...config, c2c: true, places: isDecoded ? 'none' : places },
  };
}

/** Which position terms a file asks for: a list, or the words with bars between them. */
function termsOf(json: Json): { readonly c2p: boolean; readonly p2c: boolean } {
  const said = json.pos_att_type ?? [];
  const list: readonly unknown[] =
    typeof said === 'string' ? said.split('|').filter(Boolean) : (said as readonly unknown[]);
  const words = Array.isArray(list) ? list.map((one) => String(one).trim().toLowerCase()) : ['?'];
  if (words.some((one) => one !== 'c2p' && one !== 'p2c') || new Set(words).size < words.length)
    refuse(
      'pos_att_type',
      `config.json says "pos_att_type": ${JSON.stringify(said)}, but only c2p and p2c, each once, are computed here. Correct the file or choose another model.`,
    );
  const isOn = flag(json, 'relative_attention', false);
  if (isOn !== words.length > 0)
    refuse(
      'relative_attention',
      `config.json says "relative_attention": ${isOn} and "pos_att_type": ${JSON.stringify(said)}, of which one says that distances are heard and the other that they are not. Correct the file.`,
    );
  return { c2p: words.includes('c2p'), p2c: words.includes('p2c') };
}

function fromConfig(json: Json): DebertaConfig {
  const version = json.model_type === types.v2 ? 'v2' : 'v1';
  const config = readFields(fields, version === 'v2' ? { ...v2Sizes, ...json } : json);
  const { hidden, heads, radius, maxLength, buckets } = config;
  divides(heads, hidden, 'num_attention_heads', 'hidden_size');
  must(json, 'embedding_size', hidden);
  must(json, 'attention_head_size', hidden / heads);
  must(json, 'talking_head', false);
  must(json, 'conv_groups', 1);
  must({ tie_word_embeddings: json.tie_word_embeddings ?? true }, 'tie_word_embeddings', config.legacy);
  // Beyond the exact ones the published code takes a logarithm that needs room.
  const exact = Math.floor(buckets / 2);
  const isCramped = exact < maxLength - 1 && exact >= (radius || maxLength) - 1;
  if (version === 'v2' && (buckets === 1 || (buckets > 1 && isCramped)))
    refuse(
      'position_buckets',
      `config.json says "position_buckets": ${buckets}, but two at least are needed, and fewer than twice the farthest distance. Correct the file or choose another model.`,
    );
  const isInput = flag(json, 'position_biased_input', true);
  const isDecoder = flag(json, 'enhanced_mask_decoder', false);
  return {
    ...config,
    version,
    c2c: flag(json, 'content_to_content', true),
    ...termsOf(json),
    // Absolute places in the input leave the decoder nothing to do, in the published code too.
    places: isInput ? 'input' : isDecoder ? 'decoder' : 'none',
    positions: 'normal',
  };
}

/** Its files as Hugging Face has them: the two versions are two classes there. */
export const hub: Hub<DebertaConfig, DebertaParts> = {
  classes: { model: classes.v1 },
  variants: { [classes.v2]: { lacks: [], outputs: {} } },
  types: ['deberta-v2'],
  tied: {
    'cls.predictions.decoder.weight': 'deberta.embeddings.word_embeddings.weight',
    'cls.predictions.decoder.bias': 'cls.predictions.bias',
  },
  toConfig,
  fromConfig,
  lost,
};
