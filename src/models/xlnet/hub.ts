import type { Hub } from '../architecture.ts';
import { divides, must, real, whole, word } from '../shared/config-json.ts';
import type { XlnetConfig } from './config.ts';
import type { XlnetParts } from './spec.ts';

/** Its files as Hugging Face has them. */
export const hub: Hub<XlnetConfig, XlnetParts> = {
  classes: { model: 'XLNetLMHeadModel' },
  tied: { 'lm_loss.weight': 'transformer.word_embedding.weight' },
  toConfig: (config) => ({
    architectures: ['XLNetLMHeadModel'],
    model_type: 'xlnet',
    vocab_size: config.vocabSize,
    d_model: config.hidden,
    n_layer: config.layers,
    n_head: config.heads,
    d_head: config.hidden / config.heads,
    d_inner: config.inner,
    ff_activation: config.activation,
    attn_type: 'bi',
    dropout: config.dropout,
    mem_len: config.memoryLength || null,
    reuse_len: config.reuseLength || null,
    clamp_len: config.clampLength || -1,
    bi_data: false,
    same_length: false,
    initializer_range: config.initStd,
    layer_norm_eps: config.epsilon,
    pad_token_id: config.padId,
    bos_token_id: 1,
    eos_token_id: 2,
    tie_word_embeddings: true,
    dtype: 'float32',
  }),
  fromConfig(json) {
    must(json, 'attn_type', 'bi');
    must(json, 'bi_data', false);
    must(json, 'same_length', false);
    must(json, 'tie_word_embeddings', true);
    const hidden = whole(json, 'd_model', 1024);
    const heads = whole(json, 'n_head', 16);
    divides(heads, hidden, 'n_head', 'd_model');
    must(json, 'd_head', hidden / heads);
    return {
      vocabSize: whole(json, 'vocab_size', 32000),
      hidden,
      layers: whole(json, 'n_layer', 24),
      heads,
      inner: whole(json, 'd_inner', 4096),
      activation: word(json, 'ff_activation', 'gelu', ['gelu', 'gelu_new', 'relu']),
      dropout: real(json, 'dropout', 0.1),
      memoryLength: whole(json, 'mem_len', 0, 0),
      reuseLength: whole(json, 'reuse_len', 0, 0),
      clampLength: Math.max(0, whole(json, 'clamp_len', -1, -1)),
      initStd: real(json, 'initializer_range', 0.02),
      epsilon: real(json, 'layer_norm_eps', 1e-12),
      padId: whole(json, 'pad_token_id', 5, 0),
    };
  },
};
