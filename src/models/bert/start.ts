import { AppError } from '../../core/errors.ts';
import type { Numbers, Start } from '../forwards.ts';
import type { BertConfig } from './config.ts';

const layerOfBart: Readonly<Record<string, string>> = {
  'attention.self.query': 'self_attn.q_proj',
  'attention.self.key': 'self_attn.k_proj',
  'attention.self.value': 'self_attn.v_proj',
  'attention.output.dense': 'self_attn.out_proj',
  'attention.output.LayerNorm': 'self_attn_layer_norm',
  'intermediate.dense': 'fc1',
  'output.dense': 'fc2',
  'output.LayerNorm': 'final_layer_norm',
};
const tableOfBart: Readonly<Record<string, string>> = {
  'word_embeddings.weight': 'model.model.shared.weight',
  'position_embeddings.weight': 'model.model.encoder.embed_positions.weight',
  'LayerNorm.weight': 'model.model.encoder.layernorm_embedding.weight',
  'LayerNorm.bias': 'model.model.encoder.layernorm_embedding.bias',
};

/** The name in BART's encoder of a weight of BERT's body, `embeddings.…` or `encoder.layer.…`. */
function nameInBart(name: string): string | undefined {
  const layer = /^encoder\.layer\.(\d+)\.(.*)\.(weight|bias)$/.exec(name);
  if (layer) return `model.model.encoder.layers.${layer[1]}.${layerOfBart[layer[2]!]}.${layer[3]}`;
  return tableOfBart[name.replace(/^embeddings\./, '')];
}

/** The same weight's values in a model that is no BERT: ELECTRA's discriminator, or BART's encoder. */
function valuesIn({ state }: Numbers, name: string): Float32Array | undefined {
  if (state.has('discriminator.electra.embeddings.LayerNorm.weight')) return state.get(`discriminator.electra.${name}`);
  const found = state.get(nameInBart(name) ?? '');
  const width = state.get('model.model.encoder.layernorm_embedding.weight')?.length ?? 0;
  // Two rows stand in front of the first place there.
  return name === 'embeddings.position_embeddings.weight' ? found?.subarray(2 * width) : found;
}

/**
 * A body that was trained on another question, under heads that are drawn: tables and layers of ELECTRA's
 * discriminator, or of BART's encoder, which has no kinds of segments, so that their rows begin at 0.
 */
export const startFrom: Start<BertConfig> = (model, trained) =>
  new Map(
    [...model.state].map(([name, drawn]) => {
      const own = /^model\.bert\.((embeddings|encoder)\..*)$/.exec(name)?.[1];
      if (!own) return [name, drawn];
      const found = valuesIn(trained, own);
      if (found?.length === drawn.length) return [name, found.slice()];
      if (!found && own === 'embeddings.token_type_embeddings.weight') return [name, new Float32Array(drawn.length)];
      throw new AppError(
        'bad-option',
        `The trained model does not fit: expected ${drawn.length} numbers for ${own}, found ${found?.length ?? 'none'}. Choose an ELECTRA or a BART of the same width, layers, vocabulary and length.`,
        'start',
      );
    }),
  );
