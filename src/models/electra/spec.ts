import { type Empty, type Linear, leaf, linear, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { embeddings, encoderLayer, encoderTaps } from '../shared/encoder-spec.ts';
import { flagOption, initStdOption, realOption } from '../shared/options.ts';
import { replacedQuestions, replacedTaps, replacedWeights } from '../shared/replaced-spec.ts';
import type { ElectraConfig, ElectraNetwork } from './config.ts';

type Tables = ReturnType<typeof embeddings>;

/** Tables, map and layers; a part that reads another's tables has none, and equal widths need no map. */
const body = (config: ElectraConfig, { embedding, hidden, layers, inner }: ElectraNetwork, ownTables: boolean) => {
  const std = config.initStd;
  const sizes = { vocab: config.vocabSize, positions: config.maxLength, segments: config.segments, width: embedding };
  const tables: Tables | Empty = ownTables ? embeddings(sizes, std, config.padId, config.positions) : {};
  const map: Linear | Empty = embedding === hidden ? {} : linear(embedding, hidden, std);
  return {
    embeddings: tables as Tables | Empty,
    embeddings_project: map as Linear | Empty,
    encoder: { layer: repeat(layers, encoderLayer(hidden, inner, std)) },
  };
};

function spec(config: ElectraConfig) {
  const { generator, discriminator, initStd: std } = config;
  return {
    generator: {
      electra: body(config, generator, !config.sharedEmbeddings),
      generator_predictions: {
        LayerNorm: norm(generator.embedding),
        dense: linear(generator.hidden, generator.embedding, std),
      },
      generator_lm_head: { bias: leaf([config.vocabSize], { kind: 'zeros' }) },
    },
    discriminator: {
      electra: body(config, discriminator, true),
      discriminator_predictions: {
        dense: linear(discriminator.hidden, discriminator.hidden, std),
        dense_prediction: linear(discriminator.hidden, 1, std),
      },
    },
  };
}

export type ElectraParts = ReturnType<typeof spec>;

export const blueprint: Blueprint<ElectraConfig, ElectraParts> = {
  id: 'electra',
  name: 'ELECTRA',
  source: { paper: 'electra', where: '§2' },
  summary: 'A small generator fills in hidden tokens; the encoder says of every token whether it is the original.',
  toy: {
    vocabSize: 512,
    generator: { embedding: 64, hidden: 32, layers: 1, heads: 2, inner: 128 },
    discriminator: { embedding: 64, hidden: 64, layers: 2, heads: 4, inner: 256 },
    sharedEmbeddings: true,
    activation: 'gelu',
    hiddenDropout: 0.1,
    attentionDropout: 0.1,
    maxLength: 64,
    segments: 2,
    initStd: 0.02,
    epsilon: 1e-12,
    padId: 0,
    maskId: 4,
    discriminatorWeight: 50,
    judgesAll: true,
    positions: 'normal',
  },
  options: [
    initStdOption,
    realOption(
      'discriminatorWeight',
      'Weight of the verdicts',
      'How often the loss of the discriminator counts beside that of the generator.',
      0,
      1000,
    ),
    flagOption(
      'judgesAll',
      'Verdicts on all tokens',
      'Else the discriminator learns only at the places that were given to the generator.',
    ),
    flagOption(
      'sharedEmbeddings',
      'Shared word table',
      'Whether generator and discriminator read their tokens from one table.',
    ),
  ],
  recipe: { pairing: 'contiguous', noising: 'rtd' },
  // A generator that learns too fast leaves nothing to detect.
  keepAdam: ['generator.'],
  answers: ['originality'],
  questions: replacedQuestions,
  weights: replacedWeights,
  resize(config, { layers, hidden, heads, dropout, vocabSize, maxLength }) {
    const half = (n: number) => Math.max(1, Math.floor(n / 2));
    const generatorHeads = hidden % 2 === 0 && half(hidden) % half(heads) === 0 ? half(heads) : 1;
    return {
      ...config,
      vocabSize,
      maxLength,
      hiddenDropout: dropout,
      attentionDropout: dropout,
      generator: {
        embedding: hidden,
        hidden: half(hidden),
        layers: half(layers),
        heads: generatorHeads,
        inner: 4 * half(hidden),
      },
      discriminator: { embedding: hidden, hidden, layers, heads, inner: 4 * hidden },
    };
  },
  spec,
  taps: ({ generator, discriminator }) => [
    ...encoderTaps(generator.layers, 'generator.'),
    ...encoderTaps(discriminator.layers, 'discriminator.'),
    ...replacedTaps,
  ],
};
