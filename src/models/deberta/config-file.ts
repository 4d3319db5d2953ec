import { AppError } from '../../core/errors.ts';
import type { Activation } from '../../nn/layers.ts';
import {
  type ConfigOf,
  type Field,
  layerFields,
  readFields,
  realField,
  startFields,
  wholeField,
  writeFields,
} from '../shared/config-fields.ts';
import { divides, flag, type Json, must, word } from '../shared/config-json.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

const flagField = (name: string, absent: boolean): Field<boolean> => ({
  name,
  read: (json) => flag(json, name, absent),
});

const refuse = (name: string, sentence: string): never => {
  throw new AppError('bad-file', sentence, name);
};

/** −1, as the file writes "none", is 0 here. */
const countOrNone = (name: string): Field<number> => ({
  name,
  read: (json) => Math.max(0, wholeField(name, -1, -1).read(json)),
});

/** A convolution over an odd number of tokens, as the neighbours on either side; 0: there is none. */
const reachField: Field<number> = {
  name: 'conv_kernel_size',
  read(json) {
    const size = Math.max(0, wholeField('conv_kernel_size', 0, -1).read(json));
    if (size === 0) return 0;
    if (size % 2 === 1 && size > 1) return (size - 1) / 2;
    return refuse(
      'conv_kernel_size',
      `config.json says "conv_kernel_size": ${size}, but a convolution beside the first layer spans 3, 5, 7 … tokens. Correct the file or choose another model.`,
    );
  },
};

const normField: Field<boolean> = {
  name: 'norm_rel_ebd',
  read: (json) => word(json, 'norm_rel_ebd', 'none', ['none', 'layer_norm']) === 'layer_norm',
};

const convActivationField: Field<Activation> = {
  name: 'conv_act',
  read: (json) => word(json, 'conv_act', 'tanh', ['tanh', 'gelu', 'gelu_new', 'relu']),
};

/** Defaults are those of `DebertaConfig`, and of `DebertaV2Config` where the first has no such entry. */
const fields = {
  vocabSize: wholeField('vocab_size', 50265),
  ...layerFields,
  /** Rows of the position table, and the farthest distance unless `radius` says another. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
  segments: wholeField('type_vocab_size', 0, 0),
  epsilon: realField('layer_norm_eps', 1e-7),
  /** Distances beyond it count as it; 0: as far as a text may be long. */
  radius: countOrNone('max_relative_positions'),
  /** v2: far distances share rows, as many on either side in all; 0: each has its own. */
  buckets: countOrNone('position_buckets'),
  /** v2: the maps of contents serve distances as well. */
  sharedKeys: flagField('share_att_key', false),
  /** v2: a norm behind the table of distances. */
  normedDistances: normField,
  /** v2: neighbours on either side that a convolution beside the first layer sees; 0: there is none. */
  reach: reachField,
  convActivation: convActivationField,
  /** Whether the head goes by the newer class's names or by those of the published weights. */
  legacy: flagField('legacy', true),
};

/** Where absolute places are heard: in the input, in the mask decoder, or nowhere. */
export type Places = 'input' | 'decoder' | 'none';

export interface DebertaConfig extends ConfigOf<typeof fields> {
  /** The two generations of its attention, which are two classes of the reference. */
  readonly version: 'v1' | 'v2';
  /** Terms of a score: content to content, content to position, position to content. He et al. 2021, eq. 4. */
  readonly c2c: boolean;
  readonly c2p: boolean;
  readonly p2c: boolean;
  readonly places: Places;
  readonly positions: PositionStart;
}

const types = { v1: 'deberta', v2: 'deberta-v2' } as const;
export const classes = { v1: 'DebertaForMaskedLM', v2: 'DebertaV2ForMaskedLM' } as const;

/** `DebertaV2Config` where it has other defaults. */
const v2Sizes = {
  vocab_size: 128100,
  hidden_size: 1536,
  num_hidden_layers: 24,
  num_attention_heads: 24,
  intermediate_size: 6144,
};

/** The farthest distance that a bucket of its own tells apart: never nearer than there are buckets. */
export const farthestOf = ({ buckets, radius, maxLength }: DebertaConfig): number =>
  Math.max(radius || maxLength, buckets);

/** Whether far distances share rows. */
export const isBucketed = ({ version, buckets }: DebertaConfig): boolean => version === 'v2' && buckets > 1;

/** Layers in front of the mask decoder, which has the last one for itself; all of them where there is none. */
export const encoderDepth = ({ layers, places }: Pick<DebertaConfig, 'layers' | 'places'>): number =>
  places === 'decoder' ? layers - 1 : layers;

/** Whether neighbours are heard beside the first layer, where there is one in front of the mask decoder. */
export const hasConvolution = (config: DebertaConfig): boolean =>
  config.version === 'v2' && config.reach > 0 && encoderDepth(config) > 0;

export const toConfig = (config: DebertaConfig): Record<string, unknown> => {
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
export function lost(config: DebertaConfig): { readonly text: string; readonly config: DebertaConfig } | undefined {
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

export function fromConfig(json: Json): DebertaConfig {
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
