import { full } from '../../core/pattern.ts';
import type { Blueprint } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, flag, must, whole } from '../shared/config-json.ts';
import { encoderPatterns, encoderTaps } from '../shared/encoder-spec.ts';
import { type ConfigOption, countOption, flagOption, initStdOption } from '../shared/options.ts';
import { attentionMaps, hiddenStates, likeStudent, tokenLogits } from '../shared/teacher-spec.ts';
import { fields, type MobilebertConfig, type MobilebertParts, spec, taughtWeights, widthsOf } from './weights.ts';

const choiceOption = (
  key: string,
  label: string,
  hint: string,
  choices: Readonly<Record<string, string>>,
): ConfigOption => ({
  key,
  label,
  hint,
  kind: 'choice',
  choices: Object.entries(choices).map(([value, label]) => ({ value, label })),
});

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
  hub: {
    classes: { model: 'MobileBertForPreTraining' },
    variants: {
      MobileBertForMaskedLM: {
        lacks: ['mobilebert.pooler.', 'cls.seq_relationship.'],
        outputs: { logits: 'prediction_logits' },
      },
    },
    tied: {
      'cls.predictions.decoder.weight': 'mobilebert.embeddings.word_embeddings.weight',
      'cls.predictions.decoder.bias': 'cls.predictions.bias',
    },
    toConfig(config) {
      const { inside, embedding } = widthsOf(config);
      return {
        architectures: ['MobileBertForPreTraining'],
        model_type: 'mobilebert',
        ...writeFields(fields, { ...config, embedding }),
        intra_bottleneck_size: inside,
        use_bottleneck_attention: config.source === 'bottleneck',
        key_query_shared_bottleneck: config.source === 'shared',
        tie_word_embeddings: true,
        dtype: 'float32',
      };
    },
    fromConfig(json) {
      must(json, 'tie_word_embeddings', true);
      const config = readFields(fields, json);
      const { hidden, heads, bottleneck } = config;
      const inside = bottleneck ? whole(json, 'intra_bottleneck_size', 128) : hidden;
      divides(heads, inside, 'num_attention_heads', bottleneck ? 'intra_bottleneck_size' : 'hidden_size');
      // Wider, no columns would be left for the answers alone.
      if (config.embedding > hidden) must(json, 'embedding_size', hidden);
      const isNarrowed = flag(json, 'use_bottleneck_attention', false);
      const isShared = flag(json, 'key_query_shared_bottleneck', true);
      // With both the reference has a narrowing that it never uses, and with neither it fits only where none narrows.
      if (isNarrowed) must({ key_query_shared_bottleneck: isShared }, 'key_query_shared_bottleneck', false);
      else if (!isShared) must({ intra_bottleneck_size: inside }, 'intra_bottleneck_size', hidden);
      return {
        ...config,
        headWidth: inside / heads,
        source: isNarrowed ? 'bottleneck' : isShared ? 'shared' : 'states',
        positions: 'normal',
      };
    },
  },
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
  patterns: ({ layers }, { inputIds: { length } }) => encoderPatterns(layers, full(length)),
};
