import {
  activationField,
  type ConfigOf,
  type Field,
  flagField,
  layerFields,
  startFields,
  wholeField,
} from '../shared/config-fields.ts';
import { word } from '../shared/config-json.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';
import type { Parts } from './plan-spec.ts';

/** How it looks: in blocks where the text is long enough, or at everything. */
export const kinds = ['block_sparse', 'original_full'] as const;

export const fields = {
  vocabSize: wholeField('vocab_size', 50358),
  ...layerFields,
  activation: activationField('hidden_act', 'gelu_new'),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 4096),
  ...startFields,
  attention: {
    name: 'attention_type',
    read: (json) => word(json, 'attention_type', kinds[0], kinds),
  } satisfies Field<(typeof kinds)[number]>,
  /** Tokens of a block. */
  blockSize: wholeField('block_size', 64),
  /** Random blocks a row; the reference cannot do without. */
  randomBlocks: wholeField('num_random_blocks', 3),
  /** Whether queries, keys and values have biases. */
  useBias: flagField('use_bias', true),
  /** Whether words are multiplied by the root of the width. */
  rescale: flagField('rescale_embeddings', false),
};

export interface BigbirdConfig extends ConfigOf<typeof fields> {
  /** For comparisons with parts left out; no field of the file. */
  readonly parts: Parts;
  readonly positions: PositionStart;
}
