import { leaf, linear, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { embeddings, encoderTaps, projections } from '../shared/encoder-spec.ts';
import { countOption, initStdOption } from '../shared/options.ts';
import type { AlbertConfig } from './config.ts';

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
};
