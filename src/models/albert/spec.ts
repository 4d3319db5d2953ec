import { type Empty, leaf, linear, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { embeddings, encoderTaps, projections } from '../shared/encoder-spec.ts';
import { choiceOption, countOption, initStdOption } from '../shared/options.ts';
import type { AlbertConfig, Share } from './config.ts';

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
export type LayerSpec = ReturnType<typeof layer>;

/** What of a layer may be shared by itself, beside all of it. Lan et al. 2020, Table 4. */
export const halves: Readonly<Record<Share, readonly (keyof LayerSpec)[]>> = {
  all: [],
  attention: ['attention'],
  feedForward: ['full_layer_layer_norm', 'ffn', 'ffn_output'],
  none: [],
};

/** A layer without the half that it has in common with the first one. */
const shortened = (whole: LayerSpec, share: Share): { readonly [K in keyof LayerSpec]: LayerSpec[K] | Empty } => ({
  ...whole,
  ...Object.fromEntries(halves[share].map((name) => [name, {}])),
});

function spec(config: AlbertConfig) {
  const { embedding, hidden, inner, initStd: std } = config;
  const sizes = { vocab: config.vocabSize, positions: config.maxLength, segments: config.segments, width: embedding };
  const whole = layer(hidden, inner, std);
  const group = (share: Share) => ({ albert_layers: repeat(config.layersPerGroup, shortened(whole, share)) });
  return {
    model: {
      albert: {
        embeddings: embeddings(sizes, std, config.padId, config.positions),
        encoder: {
          embedding_hidden_mapping_in: linear(embedding, hidden, std),
          albert_layer_groups: [group('none'), ...repeat(groupsOf(config) - 1, group(config.share))],
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

type Turns = Pick<AlbertConfig, 'layers' | 'groups' | 'layersPerGroup' | 'share'>;

/** How many sets of weights there are; what shares less than all has one a layer, of which parts may be left out. */
export const groupsOf = ({ share, groups, layers }: Omit<Turns, 'layersPerGroup'>): number =>
  share === 'all' ? groups : layers;

/** Whose weights the i-th layer has: which group's, and which of its layers'. */
export const turnOf = ({ layersPerGroup, ...turns }: Turns, i: number): readonly [group: number, inside: number] => [
  Math.floor((Math.floor(i / layersPerGroup) * groupsOf(turns)) / turns.layers),
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
    share: 'all',
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
    choiceOption('share', 'Layers share', 'Which weights are the same in all layers.', {
      all: 'all weights',
      attention: 'attention',
      feedForward: 'feed-forward',
      none: 'nothing',
    }),
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
