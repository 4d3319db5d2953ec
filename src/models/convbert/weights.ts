import { type Linear, leaf, linear, mapLeaf, norm, repeat } from '../../core/params.ts';
import { type ConfigOf, layerFields, startFields, wholeField } from '../shared/config-fields.ts';
import { embeddings, encoderLayer, type PositionStart, projections } from '../shared/encoder-spec.ts';
import { type Mix, mixOf } from './mix.ts';

/** The file of one of the two networks. */
export const fields = {
  vocabSize: wholeField('vocab_size', 30522),
  /** Width of the word table; a map leads to `hidden` where they differ. */
  embedding: wholeField('embedding_size', 768),
  ...layerFields,
  headRatio: wholeField('head_ratio', 2),
  groups: wholeField('num_groups', 1),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
  padId: wholeField('pad_token_id', 1, 0),
};
type NetworkFile = ConfigOf<typeof fields>;

/** The sizes in which generator and discriminator differ. */
export type ConvbertNetwork = Pick<NetworkFile, 'hidden' | 'layers' | 'heads' | 'inner'>;

export interface ConvbertConfig extends Omit<NetworkFile, keyof ConvbertNetwork> {
  /** Neighbours on either side that a kernel spans. */
  readonly reach: number;
  readonly generator: ConvbertNetwork;
  readonly discriminator: ConvbertNetwork;
  /** Whether the generator reads the discriminator's tables and their norm. */
  readonly sharedEmbeddings: boolean;
  readonly maskId: number;
  /** λ of the joint loss. */
  readonly discriminatorWeight: number;
  readonly positions: PositionStart;
}

/** No weights at all. */
export type Empty = Readonly<Record<never, never>>;
type Tables = ReturnType<typeof embeddings>;

/** Query, key and value of half the width, and what makes and uses the kernels. */
const mixed = (hidden: number, { heads, all, span }: Mix, std: number) => ({
  ...projections(hidden, std, all),
  key_conv_attn_layer: {
    bias: leaf([all, 1], { kind: 'zeros' }),
    // As the published code starts it.
    depthwise: { weight: leaf([hidden, 1, span], { kind: 'normal', std: 1 / span }) },
    pointwise: { weight: mapLeaf([all, hidden, 1], std) },
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
    attention: { self: mixed(hidden, mix, std), output: attention.output },
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
export function spec(config: ConvbertConfig) {
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
