import { type ConfigOf, layerFields, startFields, wholeField } from '../shared/config-fields.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

export const fields = {
  vocabSize: wholeField('vocab_size', 30522),
  ...layerFields,
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
};

export interface BertConfig extends ConfigOf<typeof fields> {
  /** Only left context, for the comparison of Devlin et al. 2019, §5.1; no field of the file. */
  readonly causal: boolean;
  readonly positions: PositionStart;
}
