import { leaf, linear, norm, repeat } from '../../core/params.ts';
import { full } from '../../core/pattern.ts';
import type { Activation } from '../../nn/layers.ts';
import type { Blueprint } from '../architecture.ts';
import { divides, must, real, whole, word } from '../shared/config-json.ts';
import { embeddings, encoderTaps, type PositionStart } from '../shared/encoder-spec.ts';

export interface AlbertConfig {
  readonly vocabSize: number;
  /** Width of the word table; a map leads from it to `hidden`. */
  readonly embedding: number;
  readonly hidden: number;
  readonly layers: number;
  /** Sets of weights that the layers share; 1: all layers are the same. */
  readonly groups: number;
  /** Layers inside a group, all run at each turn. */
  readonly layersPerGroup: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
  readonly activation: Activation;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  readonly pairDropout: number;
  /** Rows of the position table. */
  readonly maxLength: number;
  readonly segments: number;
  readonly initStd: number;
  readonly epsilon: number;
  readonly padId: number;
  readonly positions: PositionStart;
}

const layer = (hidden: number, inner: number, std: number) => ({
  full_layer_layer_norm: norm(hidden),
  attention: {
    query: linear(hidden, hidden, std),
    key: linear(hidden, hidden, std),
    value: linear(hidden, hidden, std),
    dense: linear(hidden, hidden, std),
    LayerNorm: norm(hidden),
  },
  ffn: linear(hidden, inner, std),
  ffn_output: linear(inner, hidden, std),
});

function spec(config: AlbertConfig) {
  const { embedding, hidden, inner, initStd: std } = config;
  const sizes = { vocab: config.vocabSize, positions: config.maxLength, segments: config.segments, width: embedding };
  const group = { albert_layers: repeat(config.layersPerGroup, layer(hidden, inner, std)) };
  return {
    model: {
      albert: {
        embeddings: embeddings(sizes, std, config.padId, config.positions),
        encoder: {
          embedding_hidden_mapping_in: linear(embedding, hidden, std),
          albert_layer_groups: repeat(config.groups, group),
        },
        pooler: linear(hidden, hidden, std),
      },
      predictions: {
        bias: leaf([config.vocabSize], { kind: 'zeros' }),
        LayerNorm: norm(embedding),
        dense: linear(hidden, embedding, std),
      },
      sop_classifier: { classifier: linear(hidden, 2, std) },
    },
  };
}

export type AlbertParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<AlbertConfig, AlbertParts> = {
  id: 'albert',
  name: 'ALBERT',
  source: { paper: 'albert', where: '§3.1' },
  summary: 'One layer used again and again, and a narrow word table: far fewer weights at the same depth and width.',
  toy: {
    vocabSize: 512,
    embedding: 16,
    hidden: 64,
    layers: 4,
    groups: 1,
    layersPerGroup: 1,
    heads: 4,
    inner: 256,
    activation: 'gelu_new',
    hiddenDropout: 0,
    attentionDropout: 0,
    pairDropout: 0.1,
    maxLength: 64,
    segments: 2,
    initStd: 0.02,
    epsilon: 1e-12,
    padId: 0,
    positions: 'normal',
  },
  recipe: { pairing: 'sop', noising: 'mlm' },
  answers: ['tokens'],
  hub: {
    classes: { model: 'AlbertForPreTraining' },
    variants: {
      AlbertForMaskedLM: { lacks: ['albert.pooler.', 'sop_classifier.'], outputs: { logits: 'prediction_logits' } },
    },
    tied: {
      'predictions.decoder.weight': 'albert.embeddings.word_embeddings.weight',
      'predictions.decoder.bias': 'predictions.bias',
    },
    toConfig: (config) => ({
      architectures: ['AlbertForPreTraining'],
      model_type: 'albert',
      vocab_size: config.vocabSize,
      embedding_size: config.embedding,
      hidden_size: config.hidden,
      num_hidden_layers: config.layers,
      num_hidden_groups: config.groups,
      inner_group_num: config.layersPerGroup,
      num_attention_heads: config.heads,
      intermediate_size: config.inner,
      hidden_act: config.activation,
      hidden_dropout_prob: config.hiddenDropout,
      attention_probs_dropout_prob: config.attentionDropout,
      classifier_dropout_prob: config.pairDropout,
      max_position_embeddings: config.maxLength,
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
      must(json, 'tie_word_embeddings', true);
      must(json, 'num_labels', 2);
      const hidden = whole(json, 'hidden_size', 4096);
      const heads = whole(json, 'num_attention_heads', 64);
      const layers = whole(json, 'num_hidden_layers', 12);
      const groups = whole(json, 'num_hidden_groups', 1);
      divides(heads, hidden, 'num_attention_heads', 'hidden_size');
      divides(groups, layers, 'num_hidden_groups', 'num_hidden_layers');
      return {
        vocabSize: whole(json, 'vocab_size', 30000),
        embedding: whole(json, 'embedding_size', 128),
        hidden,
        layers,
        groups,
        layersPerGroup: whole(json, 'inner_group_num', 1),
        heads,
        inner: whole(json, 'intermediate_size', 16384),
        activation: word(json, 'hidden_act', 'gelu_new', ['gelu', 'gelu_new', 'relu']),
        hiddenDropout: real(json, 'hidden_dropout_prob', 0),
        attentionDropout: real(json, 'attention_probs_dropout_prob', 0),
        pairDropout: real(json, 'classifier_dropout_prob', 0.1),
        maxLength: whole(json, 'max_position_embeddings', 512),
        segments: whole(json, 'type_vocab_size', 2),
        initStd: real(json, 'initializer_range', 0.02),
        epsilon: real(json, 'layer_norm_eps', 1e-12),
        padId: whole(json, 'pad_token_id', 0, 0),
        positions: 'normal',
      };
    },
  },
  resize: (config, { dropout, ...size }) => ({
    ...config,
    ...size,
    embedding: Math.max(1, Math.round(size.hidden / 4)),
    inner: 4 * size.hidden,
    groups: size.layers % config.groups === 0 ? config.groups : 1,
    hiddenDropout: dropout,
    attentionDropout: dropout,
    pairDropout: dropout,
  }),
  spec,
  taps: ({ layers, layersPerGroup }) => encoderTaps(layers * layersPerGroup),
  pattern: (_, length) => full(length),
};
