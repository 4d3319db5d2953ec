import { leaf, linear, norm, repeat } from '../../core/params.ts';
import { causal, full } from '../../core/pattern.ts';
import type { Activation } from '../../nn/layers.ts';
import type { Blueprint } from '../architecture.ts';
import { divides, must, real, whole, word } from '../shared/config-json.ts';
import { embeddings, encoderLayer, encoderTaps, type PositionStart } from '../shared/encoder-spec.ts';

export interface BertConfig {
  readonly vocabSize: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
  readonly activation: Activation;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  /** Rows of the position table. */
  readonly maxLength: number;
  readonly segments: number;
  readonly initStd: number;
  readonly epsilon: number;
  readonly padId: number;
  /** Only left context, for the comparison of Devlin et al. 2019, §5.1; no field of the file. */
  readonly causal: boolean;
  readonly positions: PositionStart;
}

function spec(config: BertConfig) {
  const { hidden, inner, initStd: std } = config;
  const sizes = { vocab: config.vocabSize, positions: config.maxLength, segments: config.segments, width: hidden };
  return {
    model: {
      bert: {
        embeddings: embeddings(sizes, std, config.padId, config.positions),
        encoder: { layer: repeat(config.layers, encoderLayer(hidden, inner, std)) },
        pooler: { dense: linear(hidden, hidden, std) },
      },
      cls: {
        predictions: {
          bias: leaf([config.vocabSize], { kind: 'zeros' }),
          transform: { dense: linear(hidden, hidden, std), LayerNorm: norm(hidden) },
        },
        seq_relationship: linear(hidden, 2, std),
      },
    },
  };
}

export type BertParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<BertConfig, BertParts> = {
  id: 'bert',
  name: 'BERT',
  source: { paper: 'bert', where: '§3' },
  summary: 'A stack of encoder layers in which every token sees every other, trained to fill in what was hidden.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    hiddenDropout: 0.1,
    attentionDropout: 0.1,
    maxLength: 64,
    segments: 2,
    initStd: 0.02,
    epsilon: 1e-12,
    padId: 0,
    causal: false,
    positions: 'normal',
  },
  recipe: { pairing: 'nsp', noising: 'mlm' },
  answers: ['tokens', 'next token'],
  hub: {
    classes: { model: 'BertForPreTraining' },
    variants: {
      BertForMaskedLM: { lacks: ['bert.pooler.', 'cls.seq_relationship.'], outputs: { logits: 'prediction_logits' } },
    },
    tied: {
      'cls.predictions.decoder.weight': 'bert.embeddings.word_embeddings.weight',
      'cls.predictions.decoder.bias': 'cls.predictions.bias',
    },
    toConfig: (config) => ({
      architectures: ['BertForPreTraining'],
      model_type: 'bert',
      vocab_size: config.vocabSize,
      hidden_size: config.hidden,
      num_hidden_layers: config.layers,
      num_attention_heads: config.heads,
      intermediate_size: config.inner,
      hidden_act: config.activation,
      hidden_dropout_prob: config.hiddenDropout,
      attention_probs_dropout_prob: config.attentionDropout,
      max_position_embeddings: config.maxLength,
      type_vocab_size: config.segments,
      initializer_range: config.initStd,
      layer_norm_eps: config.epsilon,
      pad_token_id: config.padId,
      tie_word_embeddings: true,
      dtype: 'float32',
    }),
    fromConfig(json) {
      must(json, 'position_embedding_type', 'absolute');
      must(json, 'is_decoder', false);
      must(json, 'add_cross_attention', false);
      must(json, 'tie_word_embeddings', true);
      const hidden = whole(json, 'hidden_size', 768);
      const heads = whole(json, 'num_attention_heads', 12);
      divides(heads, hidden, 'num_attention_heads', 'hidden_size');
      return {
        vocabSize: whole(json, 'vocab_size', 30522),
        hidden,
        layers: whole(json, 'num_hidden_layers', 12),
        heads,
        inner: whole(json, 'intermediate_size', 3072),
        activation: word(json, 'hidden_act', 'gelu', ['gelu', 'gelu_new', 'relu']),
        hiddenDropout: real(json, 'hidden_dropout_prob', 0.1),
        attentionDropout: real(json, 'attention_probs_dropout_prob', 0.1),
        maxLength: whole(json, 'max_position_embeddings', 512),
        segments: whole(json, 'type_vocab_size', 2),
        initStd: real(json, 'initializer_range', 0.02),
        epsilon: real(json, 'layer_norm_eps', 1e-12),
        padId: whole(json, 'pad_token_id', 0, 0),
        causal: false,
        positions: 'normal',
      };
    },
  },
  resize: (config, { dropout, ...size }) => ({
    ...config,
    ...size,
    inner: 4 * size.hidden,
    hiddenDropout: dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
  pattern: (config, length) => (config.causal ? causal(length) : full(length)),
};
