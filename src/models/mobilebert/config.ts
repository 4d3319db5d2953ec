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
import type { PositionStart } from '../shared/encoder-spec.ts';

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
