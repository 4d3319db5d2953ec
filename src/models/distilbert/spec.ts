import { embedding, leaf, linear, norm, repeat } from '../../core/params.ts';
import { full } from '../../core/pattern.ts';
import type { Activation } from '../../nn/layers.ts';
import type { Blueprint } from '../architecture.ts';
import { divides, must, real, whole, word } from '../shared/config-json.ts';
import { encoderTaps, type PositionStart, positionTable } from '../shared/encoder-spec.ts';

export interface DistilbertConfig {
  readonly vocabSize: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
  readonly activation: Activation;
  readonly dropout: number;
  readonly attentionDropout: number;
  /** Rows of the position table. */
  readonly maxLength: number;
  readonly initStd: number;
  readonly padId: number;
  /** How soft teacher and student are made before they are compared. */
  readonly temperature: number;
  readonly positions: PositionStart;
}

const layer = (hidden: number, inner: number, std: number) => ({
  attention: {
    q_lin: linear(hidden, hidden, std),
    k_lin: linear(hidden, hidden, std),
    v_lin: linear(hidden, hidden, std),
    out_lin: linear(hidden, hidden, std),
  },
  sa_layer_norm: norm(hidden),
  ffn: { lin1: linear(hidden, inner, std), lin2: linear(inner, hidden, std) },
  output_layer_norm: norm(hidden),
});

function spec({ vocabSize, hidden, layers, inner, maxLength, initStd: std, padId, positions }: DistilbertConfig) {
  return {
    model: {
      distilbert: {
        embeddings: {
          word_embeddings: embedding(vocabSize, hidden, std, padId),
          position_embeddings: positionTable(maxLength, hidden, std, positions),
          LayerNorm: norm(hidden),
        },
        transformer: { layer: repeat(layers, layer(hidden, inner, std)) },
      },
      vocab_transform: linear(hidden, hidden, std),
      vocab_layer_norm: norm(hidden),
      vocab_projector: { bias: leaf([vocabSize], { kind: 'zeros' }) },
    },
  };
}

export type DistilbertParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<DistilbertConfig, DistilbertParts> = {
  id: 'distilbert',
  name: 'DistilBERT',
  source: { paper: 'distilbert', where: '§3' },
  summary: 'Half as many layers, taught by a trained BERT: its whole distribution, not only the right token.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 2,
    inner: 256,
    activation: 'gelu',
    dropout: 0.1,
    attentionDropout: 0.1,
    maxLength: 64,
    initStd: 0.02,
    padId: 0,
    temperature: 2,
    positions: 'normal',
  },
  recipe: { pairing: 'contiguous', noising: 'mlm' },
  answers: ['tokens'],
  hub: {
    classes: { model: 'DistilBertForMaskedLM' },
    tied: { 'vocab_projector.weight': 'distilbert.embeddings.word_embeddings.weight' },
    toConfig: (config) => ({
      architectures: ['DistilBertForMaskedLM'],
      model_type: 'distilbert',
      vocab_size: config.vocabSize,
      dim: config.hidden,
      n_layers: config.layers,
      n_heads: config.heads,
      hidden_dim: config.inner,
      activation: config.activation,
      dropout: config.dropout,
      attention_dropout: config.attentionDropout,
      max_position_embeddings: config.maxLength,
      sinusoidal_pos_embds: false,
      initializer_range: config.initStd,
      pad_token_id: config.padId,
      tie_word_embeddings: true,
      dtype: 'float32',
    }),
    fromConfig(json) {
      must(json, 'tie_word_embeddings', true);
      const hidden = whole(json, 'dim', 768);
      const heads = whole(json, 'n_heads', 12);
      divides(heads, hidden, 'n_heads', 'dim');
      return {
        vocabSize: whole(json, 'vocab_size', 30522),
        hidden,
        layers: whole(json, 'n_layers', 6),
        heads,
        inner: whole(json, 'hidden_dim', 3072),
        activation: word(json, 'activation', 'gelu', ['gelu', 'gelu_new', 'relu']),
        dropout: real(json, 'dropout', 0.1),
        attentionDropout: real(json, 'attention_dropout', 0.1),
        maxLength: whole(json, 'max_position_embeddings', 512),
        initStd: real(json, 'initializer_range', 0.02),
        padId: whole(json, 'pad_token_id', 0, 0),
        temperature: 2,
        positions: 'normal',
      };
    },
  },
  resize: (config, { dropout, ...size }) => ({
    ...config,
    ...size,
    inner: 4 * size.hidden,
    dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
  pattern: (_, length) => full(length),
};
