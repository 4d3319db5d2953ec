import { type ConfigOf, layerFields, startFields, wholeField } from '../shared/config-fields.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

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
  /** The generator of a toy is one in so many as wide as its discriminator. */
  readonly generatorRatio: number;
  readonly generator: ConvbertNetwork;
  readonly discriminator: ConvbertNetwork;
  /** Whether nothing is attended to: that half stays empty. Not in the paper. */
  readonly convolutionOnly: boolean;
  /** Whether the generator reads the discriminator's tables and their norm. */
  readonly sharedEmbeddings: boolean;
  readonly maskId: number;
  /** λ of the joint loss. */
  readonly discriminatorWeight: number;
  readonly positions: PositionStart;
}
