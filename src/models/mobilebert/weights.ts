import {
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
import {
  activationField,
  type ConfigOf,
  type Field,
  layerFields,
  realField,
  startFields,
  wholeField,
} from '../shared/config-fields.ts';
import { flag, word } from '../shared/config-json.ts';
import { type PositionStart, positionTable } from '../shared/encoder-spec.ts';

/** What stands where BERT has layer norms; `no_norm`: gain and shift alone. Sun et al. 2020, §3.4. */
export type NormKind = 'no_norm' | 'layer_norm';

const flagField = (name: string, absent: boolean): Field<boolean> => ({
  name,
  read: (json) => flag(json, name, absent),
});

export const fields = {
  vocabSize: wholeField('vocab_size', 30522),
  ...layerFields,
  hidden: wholeField('hidden_size', 512),
  layers: wholeField('num_hidden_layers', 24),
  heads: wholeField('num_attention_heads', 4),
  inner: wholeField('intermediate_size', 512),
  activation: activationField('hidden_act', 'relu'),
  hiddenDropout: realField('hidden_dropout_prob', 0),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
  /** Width of the word table. */
  embedding: wholeField('embedding_size', 128),
  /** Whether the two neighbours of a token are read with it. */
  trigram: flagField('trigram_input', true),
  /** Whether layers work at a width of their own. */
  bottleneck: flagField('use_bottleneck', true),
  /** Feed-forward networks of a layer. */
  feedForwards: wholeField('num_feedforward_networks', 4),
  norm: {
    name: 'normalization_type',
    read: (json) => word<NormKind>(json, 'normalization_type', 'no_norm', ['no_norm', 'layer_norm']),
  } satisfies Field<NormKind>,
  /** Whether the pair is judged from a pooled state, or from that of the first token. */
  pools: flagField('classifier_activation', true),
};

export interface MobilebertConfig extends ConfigOf<typeof fields> {
  /** Numbers of a head; all heads together are as wide as the inside of a layer, where that has a width of its own. */
  readonly headWidth: number;
  /**
   * What attention reads: queries and keys from a narrowing that they share, values from the whole state; or all three
   * from the narrowed state that the layer works on; or from the whole state, where the inside is as wide.
   */
  readonly source: 'shared' | 'bottleneck' | 'states';
  readonly positions: PositionStart;
}

/** The widths of a layer's inside and of the word table, which is no wider than the states. */
export const widthsOf = ({ hidden, heads, headWidth, bottleneck, embedding }: MobilebertConfig) => ({
  inside: bottleneck ? heads * headWidth : hidden,
  embedding: Math.min(embedding, hidden),
});

/** With a teacher half of a label is the truth and half the teacher's; transfer weighs as in the published code. */
export const taughtWeights: Readonly<Record<string, number>> = { mlm: 0.5, distillation: 0.5, features: 100, maps: 1 };

type Step = { readonly dense: Linear; readonly LayerNorm: Linear };
/** No weights at all. */
export type Empty = Readonly<Record<never, never>>;

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

export function spec(config: MobilebertConfig) {
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
