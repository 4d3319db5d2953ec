import { leaf, linear, norm, repeat } from '../../core/params.ts';
import { full } from '../../core/pattern.ts';
import type { Blueprint } from '../architecture.ts';
import {
  activationField,
  type ConfigOf,
  readFields,
  realField,
  startFields,
  wholeField,
  writeFields,
} from '../shared/config-fields.ts';
import { divides, must } from '../shared/config-json.ts';
import { embeddings, encoderPatterns, encoderTaps, type PositionStart, projections } from '../shared/encoder-spec.ts';
import { countOption, initStdOption } from '../shared/options.ts';

const fields = {
  vocabSize: wholeField('vocab_size', 30000),
  /** Width of the word table; a map leads from it to `hidden`. */
  embedding: wholeField('embedding_size', 128),
  hidden: wholeField('hidden_size', 4096),
  layers: wholeField('num_hidden_layers', 12),
  /** Sets of weights that the layers share; 1: all layers are the same. */
  groups: wholeField('num_hidden_groups', 1),
  /** Layers inside a group, all run at each turn. */
  layersPerGroup: wholeField('inner_group_num', 1),
  heads: wholeField('num_attention_heads', 64),
  /** Width between the two feed-forward layers. */
  inner: wholeField('intermediate_size', 16384),
  activation: activationField('hidden_act', 'gelu_new'),
  hiddenDropout: realField('hidden_dropout_prob', 0),
  attentionDropout: realField('attention_probs_dropout_prob', 0),
  pairDropout: realField('classifier_dropout_prob', 0.1),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
};

export interface AlbertConfig extends ConfigOf<typeof fields> {
  readonly positions: PositionStart;
}

const layer = (hidden: number, inner: number, std: number) => ({
  full_layer_layer_norm: norm(hidden),
  attention: {
    ...projections(hidden, std),
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

type Turns = Pick<AlbertConfig, 'layers' | 'groups' | 'layersPerGroup'>;

/** Whose weights the i-th layer has: which group's, and which of its layers'. */
export const turnOf = (
  { layers, groups, layersPerGroup }: Turns,
  i: number,
): readonly [group: number, inside: number] => [
  Math.floor((Math.floor(i / layersPerGroup) * groups) / layers),
  i % layersPerGroup,
];

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
  options: [
    initStdOption,
    countOption('embedding', 'Word width', 'Numbers in the word table per token; a map leads to the width.', 1, 512),
  ],
  recipe: { pairing: 'sop', noising: 'mlm' },
  answers: ['tokens'],
  questions: {
    mlm: { logits: 'prediction_logits', per: 'slot', kind: 'token', from: 'noising' },
    sop: { logits: 'sop_logits', per: 'row', kind: 'yesNo', from: 'pairing' },
  },
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
      ...writeFields(fields, config),
      bos_token_id: 2,
      eos_token_id: 3,
      tie_word_embeddings: true,
      dtype: 'float32',
    }),
    fromConfig(json) {
      must(json, 'position_embedding_type', 'absolute');
      must(json, 'tie_word_embeddings', true);
      must(json, 'num_labels', 2);
      const config = readFields(fields, json);
      divides(config.heads, config.hidden, 'num_attention_heads', 'hidden_size');
      divides(config.groups, config.layers, 'num_hidden_groups', 'num_hidden_layers');
      return { ...config, positions: 'normal' };
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
  patterns: ({ layers, layersPerGroup }, { inputIds }) =>
    encoderPatterns(layers * layersPerGroup, full(inputIds.length)),
};
