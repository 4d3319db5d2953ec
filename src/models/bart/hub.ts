import type { Hub } from '../architecture.ts';
import { divides, flag, must, real, whole, word } from '../shared/config-json.ts';
import type { BartConfig, BartSide } from './config.ts';
import type { BartParts } from './spec.ts';

/** Ids that steer the writing, as both `config.json` and `generation_config.json` spell them. */
const generation = (config: BartConfig) => ({
  bos_token_id: config.bosId,
  pad_token_id: config.padId,
  eos_token_id: config.eosId,
  decoder_start_token_id: config.startId,
  forced_bos_token_id: config.forcedBosId,
  forced_eos_token_id: config.forcedEosId,
});

/** Its files as Hugging Face has them. */
export const hub: Hub<BartConfig, BartParts> = {
  classes: { model: 'BartForConditionalGeneration' },
  tied: {
    'model.encoder.embed_tokens.weight': 'model.shared.weight',
    'model.decoder.embed_tokens.weight': 'model.shared.weight',
    'lm_head.weight': 'model.shared.weight',
  },
  extraFiles: (config) => ({ 'generation_config.json': generation(config) }),
  toConfig: (config) => ({
    architectures: ['BartForConditionalGeneration'],
    model_type: 'bart',
    vocab_size: config.vocabSize,
    d_model: config.hidden,
    encoder_layers: config.encoder.layers,
    decoder_layers: config.decoder.layers,
    encoder_attention_heads: config.encoder.heads,
    decoder_attention_heads: config.decoder.heads,
    encoder_ffn_dim: config.encoder.inner,
    decoder_ffn_dim: config.decoder.inner,
    activation_function: config.activation,
    dropout: config.dropout,
    attention_dropout: config.attentionDropout,
    activation_dropout: config.activationDropout,
    max_position_embeddings: config.maxLength,
    init_std: config.initStd,
    scale_embedding: config.scaleEmbedding,
    is_encoder_decoder: true,
    ...generation(config),
    tie_word_embeddings: true,
    dtype: 'float32',
  }),
  fromConfig(json) {
    must(json, 'is_encoder_decoder', true);
    must(json, 'tie_word_embeddings', true);
    const hidden = whole(json, 'd_model', 1024);
    const side = (name: 'encoder' | 'decoder'): BartSide => {
      const heads = whole(json, `${name}_attention_heads`, 16);
      divides(heads, hidden, `${name}_attention_heads`, 'd_model');
      return { layers: whole(json, `${name}_layers`, 12), heads, inner: whole(json, `${name}_ffn_dim`, 4096) };
    };
    const id = (name: string) =>
      json[name] === undefined || json[name] === null ? undefined : whole(json, name, 0, 0);
    const eosId = whole(json, 'eos_token_id', 2, 0);
    return {
      vocabSize: whole(json, 'vocab_size', 50265),
      hidden,
      encoder: side('encoder'),
      decoder: side('decoder'),
      activation: word(json, 'activation_function', 'gelu', ['gelu', 'gelu_new', 'relu']),
      dropout: real(json, 'dropout', 0.1),
      attentionDropout: real(json, 'attention_dropout', 0),
      activationDropout: real(json, 'activation_dropout', 0),
      maxLength: whole(json, 'max_position_embeddings', 1024),
      initStd: real(json, 'init_std', 0.02),
      scaleEmbedding: flag(json, 'scale_embedding', false),
      padId: whole(json, 'pad_token_id', 1, 0),
      bosId: whole(json, 'bos_token_id', 0, 0),
      eosId,
      startId: whole(json, 'decoder_start_token_id', 2, 0),
      forcedBosId: id('forced_bos_token_id'),
      forcedEosId: id('forced_eos_token_id'),
      positions: 'normal',
    };
  },
};
