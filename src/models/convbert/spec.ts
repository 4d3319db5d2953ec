import { full } from '../../core/pattern.ts';
import type { Blueprint } from '../architecture.ts';
import { readFields, writeFields } from '../shared/config-fields.ts';
import { divides, flag, must, whole } from '../shared/config-json.ts';
import { encoderTaps, stackPattern } from '../shared/encoder-spec.ts';
import { countOption, flagOption, initStdOption, realOption } from '../shared/options.ts';
import { replacedQuestions, replacedTaps, replacedWeights } from '../shared/replaced-spec.ts';
import { mixOf } from './mix.ts';
import { type ConvbertConfig, type ConvbertNetwork, type ConvbertParts, fields, spec } from './weights.ts';

/** The reference has no class with the discriminator's head: its body stands alone, the head's weights beside it. */
const classes = { generator: 'ConvBertForMaskedLM', discriminator: 'ConvBertModel' } as const;
const isPart = (part: string | undefined): part is keyof typeof classes => part !== undefined && part in classes;

/** What both networks read their tokens from. */
const shared = [
  'word_embeddings.weight',
  'position_embeddings.weight',
  'token_type_embeddings.weight',
  'LayerNorm.weight',
  'LayerNorm.bias',
].map((name) => `convbert.embeddings.${name}`);

/** Attention maps, states, and the kernels that each head made for each token. */
const networkTaps = ({ layers }: ConvbertNetwork, prefix: string) => [
  ...encoderTaps(layers, prefix),
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
    generator: { hidden: 16, layers: 2, heads: 1, inner: 64 },
    discriminator: { hidden: 64, layers: 2, heads: 4, inner: 256 },
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
    countOption('groups', 'Groups', 'The feed-forward maps are cut into so many, if that divides the width.', 1, 8),
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
  hub: {
    classes,
    variants: { ConvBertModel: { lacks: ['discriminator_predictions.'], outputs: {} } },
    tied: { 'generator_lm_head.weight': 'convbert.embeddings.word_embeddings.weight' },
    copies: ({ sharedEmbeddings }) =>
      Object.fromEntries(
        sharedEmbeddings ? shared.map((name) => [`generator.${name}`, `discriminator.${name}`] as const) : [],
      ),
    toConfig(config, part) {
      const name = isPart(part) ? part : 'discriminator';
      const { heads, headRatio } = { ...config, ...config[name] };
      const mix = mixOf(config, config[name]);
      const isShared = mix.heads === Math.max(1, Math.floor(heads / headRatio));
      return {
        architectures: [classes[name]],
        model_type: 'convbert',
        ...writeFields(fields, { ...config, ...config[name] }),
        num_attention_heads: isShared ? heads : mix.heads * headRatio,
        num_groups: mix.groups,
        conv_kernel_size: 2 * config.reach + 1,
        bos_token_id: 1,
        eos_token_id: 2,
        tie_word_embeddings: true,
        dtype: 'float32',
        // Not a field of the reference, which keeps what it does not know.
        untied_generator_embeddings: !config.sharedEmbeddings,
      };
    },
    fromConfig(json, part, base) {
      must(json, 'is_decoder', false);
      must(json, 'add_cross_attention', false);
      must(json, 'tie_word_embeddings', true);
      const { hidden, layers, heads, inner, ...both } = readFields(fields, json);
      const reach = Math.floor((whole(json, 'conv_kernel_size', 9) - 1) / 2);
      // An even kernel has no middle; the reference cannot run it either.
      must(json, 'conv_kernel_size', 2 * reach + 1);
      divides(2 * Math.max(1, Math.floor(heads / both.headRatio)), hidden, 'num_attention_heads', 'hidden_size');
      divides(both.groups, hidden, 'num_groups', 'hidden_size');
      divides(both.groups, inner, 'num_groups', 'intermediate_size');
      if (base) {
        must(json, 'embedding_size', base.embedding);
        must(json, 'head_ratio', base.headRatio);
        must(json, 'num_groups', base.groups);
        must(json, 'conv_kernel_size', 2 * base.reach + 1);
      }
      const sizes = { hidden, layers, heads, inner };
      const other = base?.[part === 'discriminator' ? 'generator' : 'discriminator'];
      return {
        ...both,
        reach,
        generator: part === 'discriminator' && other ? other : sizes,
        discriminator: part === 'generator' && other ? other : sizes,
        // One part alone has its own tables in its file; a pair shares them unless its files say otherwise.
        sharedEmbeddings: base !== undefined && !flag(json, 'untied_generator_embeddings', false),
        maskId: 4,
        discriminatorWeight: 50,
        positions: 'normal',
      };
    },
  },
  resize(config, { layers, hidden, heads, dropout, vocabSize, maxLength }) {
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
      generator: network(Math.min(hidden, Math.max(8, hidden / 4)), Math.max(1, Math.floor(heads / 4))),
      discriminator,
    };
  },
  spec,
  taps: ({ generator, discriminator }) => [
    ...networkTaps(generator, 'generator.'),
    ...networkTaps(discriminator, 'discriminator.'),
    ...replacedTaps,
  ],
  patterns: ({ generator, discriminator }, { inputIds: { length } }) => [
    stackPattern({ name: 'generator', title: 'the generator', prefix: 'generator.' }, generator.layers, full(length)),
    stackPattern(
      { name: 'discriminator', title: 'the discriminator', prefix: 'discriminator.' },
      discriminator.layers,
      full(length),
    ),
  ],
};
