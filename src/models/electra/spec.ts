import { type Linear, leaf, linear, norm, repeat } from '../../core/params.ts';
import { full } from '../../core/pattern.ts';
import type { Blueprint } from '../architecture.ts';
import {
  type ConfigOf,
  layerFields,
  readFields,
  startFields,
  wholeField,
  writeFields,
} from '../shared/config-fields.ts';
import { divides, flag, must } from '../shared/config-json.ts';
import { embeddings, encoderLayer, encoderTaps, type PositionStart, stackPattern } from '../shared/encoder-spec.ts';
import { flagOption, initStdOption, realOption } from '../shared/options.ts';
import { replacedQuestions, replacedTaps, replacedWeights } from '../shared/replaced-spec.ts';

/** The file of one of the two networks. */
const fields = {
  vocabSize: wholeField('vocab_size', 30522),
  /** Width of the word table; a map leads to `hidden` where they differ. */
  embedding: wholeField('embedding_size', 128),
  ...layerFields,
  hidden: wholeField('hidden_size', 256),
  heads: wholeField('num_attention_heads', 4),
  inner: wholeField('intermediate_size', 1024),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
};
type NetworkFile = ConfigOf<typeof fields>;

/** The sizes in which generator and discriminator may differ. */
export type ElectraNetwork = Pick<NetworkFile, 'embedding' | 'hidden' | 'layers' | 'heads' | 'inner'>;

export interface ElectraConfig extends Omit<NetworkFile, keyof ElectraNetwork> {
  readonly generator: ElectraNetwork;
  readonly discriminator: ElectraNetwork;
  /** Whether the generator reads the discriminator's tables and their norm. */
  readonly sharedEmbeddings: boolean;
  readonly maskId: number;
  /** λ of the joint loss. */
  readonly discriminatorWeight: number;
  /** Whether the discriminator learns from its verdicts on all tokens, or only at the chosen places. */
  readonly judgesAll: boolean;
  readonly positions: PositionStart;
}

/** No weights at all. */
export type Empty = Readonly<Record<never, never>>;
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

const classes = { generator: 'ElectraForMaskedLM', discriminator: 'ElectraForPreTraining' } as const;
const isPart = (part: string | undefined): part is keyof typeof classes => part !== undefined && part in classes;

/** What both networks read their tokens from. */
const shared = [
  'word_embeddings.weight',
  'position_embeddings.weight',
  'token_type_embeddings.weight',
  'LayerNorm.weight',
  'LayerNorm.bias',
].map((name) => `electra.embeddings.${name}`);

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
  hub: {
    classes,
    tied: { 'generator_lm_head.weight': 'electra.embeddings.word_embeddings.weight' },
    copies: ({ sharedEmbeddings }) =>
      Object.fromEntries(
        sharedEmbeddings ? shared.map((name) => [`generator.${name}`, `discriminator.${name}`] as const) : [],
      ),
    toConfig(config, part) {
      const name = isPart(part) ? part : 'discriminator';
      return {
        architectures: [classes[name]],
        model_type: 'electra',
        ...writeFields(fields, { ...config, ...config[name] }),
        tie_word_embeddings: true,
        dtype: 'float32',
        // Not a field of the reference, which keeps what it does not know.
        untied_generator_embeddings: !config.sharedEmbeddings,
      };
    },
    fromConfig(json, part, base) {
      must(json, 'position_embedding_type', 'absolute');
      must(json, 'is_decoder', false);
      must(json, 'tie_word_embeddings', true);
      const { embedding, hidden, layers, heads, inner, ...both } = readFields(fields, json);
      divides(heads, hidden, 'num_attention_heads', 'hidden_size');
      const sizes = { embedding, hidden, layers, heads, inner };
      const other = base?.[part === 'discriminator' ? 'generator' : 'discriminator'];
      return {
        ...both,
        generator: part === 'discriminator' && other ? other : sizes,
        discriminator: part === 'generator' && other ? other : sizes,
        // One part alone has its own tables in its file; a pair shares them unless its files say otherwise.
        sharedEmbeddings: other?.embedding === embedding && !flag(json, 'untied_generator_embeddings', false),
        maskId: 4,
        discriminatorWeight: 50,
        judgesAll: true,
        positions: 'normal',
      };
    },
  },
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
  patterns: ({ generator, discriminator }, { inputIds: { length } }) => [
    stackPattern({ name: 'generator', title: 'the generator', prefix: 'generator.' }, generator.layers, full(length)),
    stackPattern(
      { name: 'discriminator', title: 'the discriminator', prefix: 'discriminator.' },
      discriminator.layers,
      full(length),
    ),
  ],
};
