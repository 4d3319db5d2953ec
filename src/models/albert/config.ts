import { activationField, type ConfigOf, realField, startFields, wholeField } from '../shared/config-fields.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

export const fields = {
  vocabSize: wholeField('vocab_size', 30000),
  /** Width of the word table; a map leads from it to `hidden`. */
  embedding: wholeField('embedding_size', 128),
  hidden: wholeField('hidden_size', 4096),
  layers: wholeField('num_hidden_layers', 12),
  /** Sets of weights that the layers share; 1: all layers are the same. */
  groups: wholeField('num_hidden_groups', 1),
  /** Layers inside a group, all run at each turn. */
  layersPerGroup: wholeField('inner_group_num', 1),
  heads: wholeField('num_attention_heads', 64),
  /** Width between the two feed-forward layers. */
  inner: wholeField('intermediate_size', 16384),
  activation: activationField('hidden_act', 'gelu_new'),
  hiddenDropout: realField('hidden_dropout_prob', 0),
  attentionDropout: realField('attention_probs_dropout_prob', 0),
  pairDropout: realField('classifier_dropout_prob', 0.1),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
};

/** What the layers have in common: all weights of a group, one of their two halves, or nothing. */
export const shares = ['all', 'attention', 'feedForward', 'none'] as const;
export type Share = (typeof shares)[number];

export interface AlbertConfig extends ConfigOf<typeof fields> {
  readonly share: Share;
  readonly positions: PositionStart;
}
