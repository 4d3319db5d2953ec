import { type ConfigOf, layerFields, startFields, wholeField } from '../../../src/models/shared/config-fields.ts';

export const fields = {
  vocabSize: wholeField('vocab_size', 512),
  ...layerFields,
  maxLength: wholeField('max_position_embeddings', 64),
  /** How far a token of the second layer sees to either side. */
  radius: wholeField('radius', 1),
  ...startFields,
};

export type EchoConfig = ConfigOf<typeof fields>;
