import { embedding, leaf, linear, norm, repeat } from '../../core/params.ts';
import { full } from '../../core/pattern.ts';
import type { Activation } from '../../nn/layers.ts';
import type { Blueprint } from '../architecture.ts';
import { divides, must, real, whole, word } from '../shared/config-json.ts';
import { embeddings, encoderLayer, encoderTaps, type PositionStart } from '../shared/encoder-spec.ts';

export interface RobertaConfig {
  readonly vocabSize: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
  readonly activation: Activation;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  /** Rows of the position table; real tokens take those behind the padding token's, so `padId` + 1 fewer can be read. */
  readonly rows: number;
  readonly segments: number;
  readonly initStd: number;
  readonly epsilon: number;
  readonly padId: number;
  readonly positions: PositionStart;
}

function spec(config: RobertaConfig) {
  const { hidden, inner, rows, padId, initStd: std } = config;
  const sizes = { vocab: config.vocabSize, positions: rows, segments: config.segments, width: hidden };
  const tables = embeddings(sizes, std, padId, config.positions);
  const places = config.positions === 'normal' ? embedding(rows, hidden, std, padId) : tables.position_embeddings;
  return {
    model: {
      roberta: {
        embeddings: { ...tables, position_embeddings: places },
        encoder: { layer: repeat(config.layers, encoderLayer(hidden, inner, std)) },
      },
      lm_head: {
        bias: leaf([config.vocabSize], { kind: 'zeros' }),
        dense: linear(hidden, hidden, std),
        layer_norm: norm(hidden),
      },
    },
  };
}

export type RobertaParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<RobertaConfig, RobertaParts> = {
  id: 'roberta',
  name: 'RoBERTa',
  source: { paper: 'roberta', where: '§3' },
  summary: 'BERT trained longer and better: masks drawn anew each time, no question about pairs.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    hiddenDropout: 0.1,
    attentionDropout: 0.1,
    rows: 65,
    segments: 1,
    initStd: 0.02,
    epsilon: 1e-5,
    padId: 0,
    positions: 'normal',
  },
  recipe: { pairing: 'contiguous', noising: 'mlm' },
  answers: ['tokens'],
  hub: {
    classes: { model: 'RobertaForMaskedLM' },
    tied: {
      'lm_head.decoder.weight': 'roberta.embeddings.word_embeddings.weight',
      'lm_head.decoder.bias': 'lm_head.bias',
    },
    toConfig: (config) => ({
      architectures: ['RobertaForMaskedLM'],
      model_type: 'roberta',
      vocab_size: config.vocabSize,
      hidden_size: config.hidden,
      num_hidden_layers: config.layers,
      num_attention_heads: config.heads,
      intermediate_size: config.inner,
      hidden_act: config.activation,
      hidden_dropout_prob: config.hiddenDropout,
      attention_probs_dropout_prob: config.attentionDropout,
      max_position_embeddings: config.rows,
      type_vocab_size: config.segments,
      initializer_range: config.initStd,
      layer_norm_eps: config.epsilon,
      pad_token_id: config.padId,
      bos_token_id: 2,
      eos_token_id: 3,
      tie_word_embeddings: true,
      dtype: 'float32',
    }),
    fromConfig(json) {
      must(json, 'position_embedding_type', 'absolute');
      must(json, 'is_decoder', false);
      must(json, 'tie_word_embeddings', true);
      const hidden = whole(json, 'hidden_size', 768);
      const heads = whole(json, 'num_attention_heads', 12);
      divides(heads, hidden, 'num_attention_heads', 'hidden_size');
      return {
        vocabSize: whole(json, 'vocab_size', 50265),
        hidden,
        layers: whole(json, 'num_hidden_layers', 12),
        heads,
        inner: whole(json, 'intermediate_size', 3072),
        activation: word(json, 'hidden_act', 'gelu', ['gelu', 'gelu_new', 'relu']),
        hiddenDropout: real(json, 'hidden_dropout_prob', 0.1),
        attentionDropout: real(json, 'attention_probs_dropout_prob', 0.1),
        rows: whole(json, 'max_position_embeddings', 512),
        segments: whole(json, 'type_vocab_size', 2),
        initStd: real(json, 'initializer_range', 0.02),
        epsilon: real(json, 'layer_norm_eps', 1e-12),
        padId: whole(json, 'pad_token_id', 1, 0),
        positions: 'normal',
      };
    },
  },
  resize: (config, { dropout, maxLength, ...size }) => ({
    ...config,
    ...size,
    rows: maxLength + config.padId + 1,
    inner: 4 * size.hidden,
    hiddenDropout: dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
  pattern: (_, length) => full(length),
};
