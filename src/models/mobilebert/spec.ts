import {
  type Empty,
  type Leaf,
  type Linear,
  leaf,
  linear,
  mapLeaf,
  norm,
  repeat,
  sideBySide,
  embedding as table,
} from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { encoderTaps, positionTable } from '../shared/encoder-spec.ts';
import { type ConfigOption, choiceOption, countOption, flagOption, initStdOption } from '../shared/options.ts';
import { attentionMaps, hiddenStates, likeStudent, tokenLogits } from '../shared/teacher-spec.ts';
import type { MobilebertConfig } from './config.ts';

/** The widths of a layer's inside and of the word table, which is no wider than the states. */
export const widthsOf = ({ hidden, heads, headWidth, bottleneck, embedding }: MobilebertConfig) => ({
  inside: bottleneck ? heads * headWidth : hidden,
  embedding: Math.min(embedding, hidden),
});

/** With a teacher half of a label is the truth and half the teacher's; transfer weighs as in the published code. */
export const taughtWeights: Readonly<Record<string, number>> = { mlm: 0.5, distillation: 0.5, features: 100, maps: 1 };

type Step = { readonly dense: Linear; readonly LayerNorm: Linear };
function layer(config: MobilebertConfig) {
  const { hidden, inner, feedForwards, bottleneck, source, initStd: std } = config;
  const { inside } = widthsOf(config);
  const step = (input: number, output: number): Step => ({
    dense: linear(input, output, std),
    LayerNorm: norm(output),
  });
  const isNarrowed = bottleneck && source === 'bottleneck';
  const narrowings = { input: step(hidden, inside), ...(source === 'shared' && { attention: step(hidden, inside) }) };
  const extra = { intermediate: { dense: linear(inside, inner, std) }, output: step(inner, inside) };
  return {
    attention: {
      self: {
        ...sideBySide(['query', 'key'], {
          query: linear(inside, inside, std),
          key: linear(inside, inside, std),
        }),
        value: linear(isNarrowed ? inside : hidden, inside, std),
      },
      output: step(inside, inside),
    },
    intermediate: { dense: linear(inside, inner, std) },
    output: {
      ...step(inner, inside),
      ...((bottleneck ? { bottleneck: step(inside, hidden) } : {}) as { readonly bottleneck?: Step }),
    },
    ...((bottleneck ? { bottleneck: narrowings } : {}) as {
      readonly bottleneck?: { readonly input: Step; readonly attention?: Step };
    }),
    ffn: repeat(feedForwards - 1, extra),
  };
}

/** A weight that stands in the file and is not used, and so does not learn. */
const unused = (one: Leaf): Leaf => ({ ...one, buffer: true });

function spec(config: MobilebertConfig) {
  const { vocabSize, hidden, maxLength, segments, trigram, padId, initStd: std } = config;
  const { embedding } = widthsOf(config);
  const map = linear(trigram ? 3 * embedding : embedding, hidden, std);
  const isMapped = trigram || embedding !== hidden;
  const extraRows = mapLeaf([hidden - embedding, vocabSize], std);
  return {
    model: {
      mobilebert: {
        embeddings: {
          word_embeddings: table(vocabSize, embedding, std, padId),
          position_embeddings: positionTable(maxLength, hidden, std, config.positions),
          token_type_embeddings: table(segments, hidden, std),
          embedding_transformation: isMapped ? map : { weight: unused(map.weight), bias: unused(map.bias) },
          LayerNorm: norm(hidden),
        },
        encoder: { layer: repeat(config.layers, layer(config)) },
        pooler: (config.pools ? { dense: linear(hidden, hidden, std) } : {}) as { readonly dense: Linear } | Empty,
      },
      cls: {
        predictions: {
          bias: leaf([vocabSize], { kind: 'zeros' }),
          transform: { dense: linear(hidden, hidden, std), LayerNorm: norm(hidden) },
          // Further columns of the word table, for the answers alone.
          dense: { weight: hidden > embedding ? extraRows : unused(extraRows) },
        },
        seq_relationship: linear(hidden, 2, std),
      },
    },
  };
}

export type MobilebertParts = ReturnType<typeof spec>;

const options: readonly ConfigOption[] = [
  initStdOption,
  countOption(
    'headWidth',
    'Width of a head',
    'All heads together are as wide as the inside of a layer: narrower than the states in a student, wider in its teacher.',
    1,
    256,
  ),
  countOption('inner', 'Feed-forward width', 'Numbers between the two maps of a feed-forward network.', 1, 2048),
  countOption('feedForwards', 'Feed-forward networks', 'So many stand one after another in each layer.', 1, 8),
  choiceOption('source', 'Attention reads', 'Where queries, keys and values come from.', {
    shared: 'queries and keys from one narrowing, values from the states',
    bottleneck: 'all three from the inside of the layer',
  }),
  choiceOption('norm', 'Norm', 'What stands behind each part of a layer.', {
    no_norm: 'gain and shift alone',
    layer_norm: 'layer norm',
  }),
  choiceOption('activation', 'Activation', 'Between the two maps of a feed-forward network.', {
    relu: 'ReLU',
    gelu: 'GELU',
  }),
  flagOption(
    'trigram',
    'Three neighbours',
    'Each token is read together with the one before it and the one behind it.',
  ),
  countOption('embedding', 'Word width', 'Numbers in the word table per token; no more than the width.', 1, 512),
];

/** Taps of a layer, by the names its own have: what a teacher of as many layers shows of the same kind. */
const perLayer = (name: string, taps: readonly string[]) => taps.map((tap, i) => [`${name}.${i}`, tap] as const);

export const blueprint: Blueprint<MobilebertConfig, MobilebertParts> = {
  id: 'mobilebert',
  name: 'MobileBERT',
  source: { paper: 'mobilebert', where: '§3' },
  summary: 'Deep layers that work at a narrow width inside, each taught by the same layer of a wider teacher.',
  toy: {
    vocabSize: 512,
    hidden: 64,
    layers: 2,
    heads: 4,
    inner: 64,
    activation: 'relu',
    hiddenDropout: 0,
    attentionDropout: 0.1,
    maxLength: 64,
    segments: 2,
    initStd: 0.02,
    epsilon: 1e-12,
    padId: 0,
    embedding: 16,
    trigram: true,
    bottleneck: true,
    feedForwards: 2,
    norm: 'no_norm',
    pools: true,
    headWidth: 4,
    source: 'shared',
    positions: 'normal',
  },
  options,
  recipe: { pairing: 'nsp', noising: 'mlm' },
  readsPadding: true,
  answers: ['tokens'],
  questions: {
    mlm: { logits: 'prediction_logits', per: 'slot', kind: 'token', from: 'noising' },
    nsp: { logits: 'seq_relationship_logits', per: 'row', kind: 'yesNo', from: 'pairing' },
    distillation: {
      logits: 'prediction_logits',
      per: 'slot',
      kind: 'match',
      from: 'own',
      title: "the teacher's probabilities",
    },
    features: { logits: 'prediction_logits', per: 'token', kind: 'match', from: 'own', title: "the teacher's states" },
    maps: { logits: 'prediction_logits', per: 'token', kind: 'match', from: 'own', title: "the teacher's attention" },
  },
  weights: (_, taught) => (taught ? taughtWeights : {}),
  teacher: {
    probabilities: 'logits',
    taps(config, teacher) {
      likeStudent(teacher, config, ['layers', 'hidden', 'heads']);
      return {
        logits: tokenLogits(teacher),
        ...Object.fromEntries(perLayer('hidden', hiddenStates(teacher).slice(1))),
        ...Object.fromEntries(perLayer('attention', attentionMaps(teacher))),
      };
    },
  },
  // A table, not a map: the columns that the word table lacks.
  keepAdam: ['model.cls.predictions.dense.'],
  resize: (config, { dropout, ...size }) => ({
    ...config,
    ...size,
    inner: size.hidden,
    embedding: Math.max(1, Math.floor(size.hidden / 4)),
    // The inside has a quarter of the width, as published, but a head no fewer than four numbers.
    headWidth: Math.max(4, Math.round(size.hidden / size.heads / 4)),
    hiddenDropout: dropout,
    attentionDropout: dropout,
  }),
  spec,
  taps: ({ layers }) => encoderTaps(layers),
};
