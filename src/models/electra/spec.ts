import { type Linear, leaf, linear, norm, repeat } from '../../core/params.ts';
import { full } from '../../core/pattern.ts';
import type { Activation } from '../../nn/layers.ts';
import type { Blueprint } from '../architecture.ts';
import { divides, flag, must, real, whole, word } from '../shared/config-json.ts';
import { embeddings, encoderLayer, encoderTaps, type PositionStart } from '../shared/encoder-spec.ts';

/** The sizes in which generator and discriminator may differ. */
export interface ElectraNetwork {
  /** Width of the word table; a map leads to `hidden` where they differ. */
  readonly embedding: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
}

export interface ElectraConfig {
  readonly vocabSize: number;
  readonly generator: ElectraNetwork;
  readonly discriminator: ElectraNetwork;
  /** Whether the generator reads the discriminator's tables and their norm. */
  readonly sharedEmbeddings: boolean;
  readonly activation: Activation;
  readonly hiddenDropout: number;
  readonly attentionDropout: number;
  /** Rows of the position table. */
  readonly maxLength: number;
  readonly segments: number;
  readonly initStd: number;
  readonly epsilon: number;
  readonly padId: number;
  readonly maskId: number;
  /** λ of Clark et al. 2020, §3.1, eq. of the joint loss. */
  readonly discriminatorWeight: number;
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

function network(json: Readonly<Record<string, unknown>>): ElectraNetwork {
  const hidden = whole(json, 'hidden_size', 256);
  const heads = whole(json, 'num_attention_heads', 4);
  divides(heads, hidden, 'num_attention_heads', 'hidden_size');
  return {
    embedding: whole(json, 'embedding_size', 128),
    hidden,
    layers: whole(json, 'num_hidden_layers', 12),
    heads,
    inner: whole(json, 'intermediate_size', 1024),
  };
}

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
    positions: 'normal',
  },
  recipe: { pairing: 'contiguous', noising: 'rtd' },
  answers: ['originality'],
  hub: {
    classes,
    tied: { 'generator_lm_head.weight': 'electra.embeddings.word_embeddings.weight' },
    copies: ({ sharedEmbeddings }) =>
      Object.fromEntries(
        sharedEmbeddings ? shared.map((name) => [`generator.${name}`, `discriminator.${name}`] as const) : [],
      ),
    toConfig(config, part) {
      const name = isPart(part) ? part : 'discriminator';
      const sizes = config[name];
      return {
        architectures: [classes[name]],
        model_type: 'electra',
        vocab_size: config.vocabSize,
        embedding_size: sizes.embedding,
        hidden_size: sizes.hidden,
        num_hidden_layers: sizes.layers,
        num_attention_heads: sizes.heads,
        intermediate_size: sizes.inner,
        hidden_act: config.activation,
        hidden_dropout_prob: config.hiddenDropout,
        attention_probs_dropout_prob: config.attentionDropout,
        max_position_embeddings: config.maxLength,
        type_vocab_size: config.segments,
        initializer_range: config.initStd,
        layer_norm_eps: config.epsilon,
        pad_token_id: config.padId,
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
      const sizes = network(json);
      const other = base?.[part === 'discriminator' ? 'generator' : 'discriminator'];
      return {
        vocabSize: whole(json, 'vocab_size', 30522),
        generator: part === 'discriminator' && other ? other : sizes,
        discriminator: part === 'generator' && other ? other : sizes,
        // One part alone has its own tables in its file; a pair shares them unless its files say otherwise.
        sharedEmbeddings: other?.embedding === sizes.embedding && !flag(json, 'untied_generator_embeddings', false),
        activation: word(json, 'hidden_act', 'gelu', ['gelu', 'gelu_new', 'relu']),
        hiddenDropout: real(json, 'hidden_dropout_prob', 0.1),
        attentionDropout: real(json, 'attention_probs_dropout_prob', 0.1),
        maxLength: whole(json, 'max_position_embeddings', 512),
        segments: whole(json, 'type_vocab_size', 2),
        initStd: real(json, 'initializer_range', 0.02),
        epsilon: real(json, 'layer_norm_eps', 1e-12),
        padId: whole(json, 'pad_token_id', 0, 0),
        maskId: 4,
        discriminatorWeight: 50,
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
    { name: 'corrupted', axes: ['batch', 'seq'] },
    { name: 'replaced', axes: ['batch', 'seq'] },
  ],
  pattern: (_, length) => full(length),
};
