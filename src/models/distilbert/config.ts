import { activationField, type ConfigOf, realField, wholeField } from '../shared/config-fields.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

export const sizeFields = {
  vocabSize: wholeField('vocab_size', 30522),
  hidden: wholeField('dim', 768),
  layers: wholeField('n_layers', 6),
  heads: wholeField('n_heads', 12),
  /** Width between the two feed-forward layers. */
  inner: wholeField('hidden_dim', 3072),
  activation: activationField('activation', 'gelu'),
  dropout: realField('dropout', 0.1),
  attentionDropout: realField('attention_dropout', 0.1),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
};

export const startFields = {
  initStd: realField('initializer_range', 0.02),
  padId: wholeField('pad_token_id', 0, 0),
};

export interface DistilbertConfig extends ConfigOf<typeof sizeFields & typeof startFields> {
  /** How soft teacher and student are made before they are compared. */
  readonly temperature: number;
  /** Where the teacher is asked: at every real token, as published, or at the hidden ones alone. */
  readonly asked: 'tokens' | 'holes';
  readonly positions: PositionStart;
}
