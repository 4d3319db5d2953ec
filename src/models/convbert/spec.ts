import { type Empty, type Linear, leaf, linear, mapLeaf, norm, repeat } from '../../core/params.ts';
import type { Blueprint } from '../architecture.ts';
import { embeddings, encoderLayer, encoderTaps, projections } from '../shared/encoder-spec.ts';
import { countOption, flagOption, initStdOption, realOption } from '../shared/options.ts';
import { replacedQuestions, replacedTaps, replacedWeights } from '../shared/replaced-spec.ts';
import type { ConvbertConfig, ConvbertNetwork } from './config.ts';

/** The sizes of a layer's mixed attention. */
export interface Mix {
  /** Heads that are left, each with a kernel beside it. */
  readonly heads: number;
  /** Numbers of all heads together: one half of the width; the other is the convolution's. */
  readonly all: number;
  /** Tokens that a kernel spans. */
  readonly span: number;
  /** Parts of the feed-forward maps. */
  readonly groups: number;
}

/** The largest whole number up to `most`, but at least 1, of which all `wholes` are multiples. */
function sharing(most: number, ...wholes: readonly number[]): number {
  for (let n = most; n > 1; n--) if (wholes.every((whole) => whole % n === 0)) return n;
  return 1;
}

/** What both networks have in common. */
interface Cut {
  readonly headRatio: number;
  readonly reach: number;
  readonly groups: number;
}
interface Widths {
  readonly hidden: number;
  readonly heads: number;
  readonly inner: number;
}

/**
 * What a network's layers are cut into; where heads do not share out its width, or groups the widths of both networks,
 * the next smaller number that does. Jiang et al. 2020, §3.2, §4.1, and the sizes of the reference.
 */
export function mixOf(
  { headRatio, reach, groups, generator, discriminator }: Cut & { generator: Widths; discriminator: Widths },
  { hidden, heads }: Widths,
): Mix {
  return {
    heads: sharing(Math.floor(heads / headRatio), hidden / 2),
    all: hidden / 2,
    span: 2 * reach + 1,
    groups: sharing(groups, ...[generator, discriminator].flatMap((one) => [one.hidden, one.inner])),
  };
}

type Tables = ReturnType<typeof embeddings>;

/** A map that gives nothing and never learns. */
const idle = ({ weight, bias }: Linear): Linear => ({
  weight: { ...weight, init: { kind: 'zeros' }, buffer: true },
  bias: { ...bias, buffer: true },
});

/** Query, key and value of half the width; where nothing is attended to, the query makes kernels alone. */
function looks(hidden: number, all: number, std: number, convolutionOnly: boolean) {
  const { query, key, value } = projections(hidden, std, all);
  return convolutionOnly
    ? { query: linear(hidden, all, std), key: idle(key), value: idle(value) }
    : { query, key, value };
}

/** What looks and what convolves: queries, keys and values, and what makes and uses the kernels. */
const mixed = (hidden: number, { heads, all, span }: Mix, std: number, convolutionOnly: boolean) => ({
  ...looks(hidden, all, std, convolutionOnly),
  key_conv_attn_layer: {
    // As the published code starts it.
    depthwise: { weight: leaf([hidden, 1, span], { kind: 'normal', std: 1 / span }) },
    pointwise: { weight: mapLeaf([all, hidden, 1], std) },
    bias: leaf([all, 1], { kind: 'zeros' }),
  },
  conv_kernel_layer: linear(all, heads * span, std),
  conv_out_layer: linear(hidden, all, std),
});

/** A map, or as many small ones side by side: weight [group, in / group, out / group]. */
const grouped = (input: number, output: number, groups: number, std: number): Linear =>
  groups === 1
    ? linear(input, output, std)
    : { ...linear(input, output, std), weight: mapLeaf([groups, input / groups, output / groups], std) };

/** Tables, map and layers; a part that reads another's tables has none, and equal widths need no map. */
function body(config: ConvbertConfig, network: ConvbertNetwork, ownTables: boolean) {
  const { embedding, initStd: std } = config;
  const { hidden, layers, inner } = network;
  const mix = mixOf(config, network);
  const sizes = { vocab: config.vocabSize, positions: config.maxLength, segments: config.segments, width: embedding };
  const tables: Tables | Empty = ownTables ? embeddings(sizes, std, config.padId, config.positions) : {};
  const map: Linear | Empty = embedding === hidden ? {} : linear(embedding, hidden, std);
  const { attention, output } = encoderLayer(hidden, inner, std);
  const layer = {
    attention: { self: mixed(hidden, mix, std, config.convolutionOnly), output: attention.output },
    intermediate: { dense: grouped(hidden, inner, mix.groups, std) },
    output: { dense: grouped(inner, hidden, mix.groups, std), LayerNorm: output.LayerNorm },
  };
  return {
    embeddings: tables as Tables | Empty,
    embeddings_project: map as Linear | Empty,
    encoder: { layer: repeat(layers, layer) },
  };
}

/** Names and shapes of both networks. */
function spec(config: ConvbertConfig) {
  const { generator, discriminator, embedding, initStd: std } = config;
  return {
    generator: {
      convbert: body(config, generator, !config.sharedEmbeddings),
      generator_predictions: {
        LayerNorm: norm(embedding),
        dense: linear(generator.hidden, embedding, std),
      },
      generator_lm_head: { bias: leaf([config.vocabSize], { kind: 'zeros' }) },
    },
    discriminator: {
      convbert: body(config, discriminator, true),
      discriminator_predictions: {
        dense: linear(discriminator.hidden, discriminator.hidden, std),
        dense_prediction: linear(discriminator.hidden, 1, std),
      },
    },
  };
}

export type ConvbertParts = ReturnType<typeof spec>;

/** Attention maps, states, and the kernels that each head made for each token. */
const networkTaps = ({ layers }: ConvbertNetwork, prefix: string, convolutionOnly: boolean) => [
  ...encoderTaps(layers, prefix).filter(({ name }) => !(convolutionOnly && name.includes('attention'))),
  ...Array.from({ length: layers }, (_, i) => ({
    name: `${prefix}kernel.${i}`,
    axes: ['batch', 'seq', 'kernel', 'neighbour'],
  })),
];

export const blueprint: Blueprint<ConvbertConfig, ConvbertParts> = {
  id: 'convbert',
  name: 'ConvBERT',
  source: { paper: 'convbert', where: '§3' },
  summary:
    'Half of the heads look at near tokens only, through a kernel that is made for each token and its neighbours.',
  toy: {
    vocabSize: 512,
    embedding: 64,
    headRatio: 2,
    reach: 4,
    groups: 1,
    generatorRatio: 4,
    generator: { hidden: 16, layers: 2, heads: 1, inner: 64 },
    discriminator: { hidden: 64, layers: 2, heads: 4, inner: 256 },
    convolutionOnly: false,
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
    positions: 'normal',
  },
  options: [
    initStdOption,
    countOption('reach', 'Reach of a kernel', 'Neighbours on either side that a kernel spans.', 1, 16),
    countOption(
      'headRatio',
      'Head ratio',
      'Of the heads one in so many remains; as many kernels are made for each token.',
      1,
      16,
    ),
    countOption(
      'generatorRatio',
      'Generator ratio',
      'The generator is one in so many as wide as the discriminator, and no narrower than 8.',
      1,
      16,
    ),
    countOption('groups', 'Groups', 'The feed-forward maps are cut into so many, if that divides the width.', 1, 8),
    flagOption(
      'convolutionOnly',
      'Convolution only',
      'Nothing is attended to: a token hears of others through kernels alone. Not in the paper.',
    ),
    countOption('embedding', 'Word width', 'Numbers in the word table per token; a map leads to the width.', 1, 512),
    realOption(
      'discriminatorWeight',
      'Weight of the verdicts',
      'How often the loss of the discriminator counts beside that of the generator.',
      0,
      1000,
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
  readsPadding: true,
  answers: ['originality'],
  questions: replacedQuestions,
  weights: replacedWeights,
  resize(config, { layers, hidden, heads, dropout, vocabSize, maxLength }) {
    const ratio = config.generatorRatio;
    // One half is attention's, the other the convolution's.
    const network = (width: number, wanted: number) => {
      const even = Math.max(2, 2 * Math.floor(width / 2));
      return { hidden: even, layers, heads: wanted, inner: 4 * even };
    };
    const discriminator = network(hidden, heads);
    return {
      ...config,
      vocabSize,
      maxLength,
      embedding: discriminator.hidden,
      hiddenDropout: dropout,
      attentionDropout: dropout,
      // As deep and a quarter as wide, as in the published code; under 8 a head would be left with 3 numbers.
      generator: network(Math.min(hidden, Math.max(8, hidden / ratio)), Math.max(1, Math.floor(heads / ratio))),
      discriminator,
    };
  },
  spec,
  sees: ({ convolutionOnly, reach, generator, discriminator }) =>
    convolutionOnly ? reach * Math.max(generator.layers, discriminator.layers) : Number.POSITIVE_INFINITY,
  taps: ({ generator, discriminator, convolutionOnly }) => [
    ...networkTaps(generator, 'generator.', convolutionOnly),
    ...networkTaps(discriminator, 'discriminator.', convolutionOnly),
    ...replacedTaps,
  ],
};
