import { type ConfigOf, layerFields, startFields, wholeField } from '../shared/config-fields.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

export const fields = {
  vocabSize: wholeField('vocab_size', 50265),
  ...layerFields,
  /**
   * Rows of the position table; real tokens take those behind the padding token's, so `padId` + 1 fewer can be read.
   */
  rows: wholeField('max_position_embeddings', 512),
  ...startFields,
  padId: wholeField('pad_token_id', 1, 0),
};

export interface RobertaConfig extends ConfigOf<typeof fields> {
  readonly positions: PositionStart;
}
