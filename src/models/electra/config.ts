import { type ConfigOf, layerFields, startFields, wholeField } from '../shared/config-fields.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

/** The file of one of the two networks. */
export const fields = {
  vocabSize: wholeField('vocab_size', 30522),
  /** Width of the word table; a map leads to `hidden` where they differ. */
  embedding: wholeField('embedding_size', 128),
  ...layerFields,
  hidden: wholeField('hidden_size', 256),
  heads: wholeField('num_attention_heads', 4),
  inner: wholeField('intermediate_size', 1024),
  /** Rows of the position table. */
  maxLength: wholeField('max_position_embeddings', 512),
  ...startFields,
};

type NetworkFile = ConfigOf<typeof fields>;

/** The sizes in which generator and discriminator may differ. */
export type ElectraNetwork = Pick<NetworkFile, 'embedding' | 'hidden' | 'layers' | 'heads' | 'inner'>;

export interface ElectraConfig extends Omit<NetworkFile, keyof ElectraNetwork> {
  readonly generator: ElectraNetwork;
  readonly discriminator: ElectraNetwork;
  /** Whether the generator reads the discriminator's tables and their norm. */
  readonly sharedEmbeddings: boolean;
  readonly maskId: number;
  /** λ of the joint loss. */
  readonly discriminatorWeight: number;
  /** Whether the discriminator learns from its verdicts on all tokens, or only at the chosen places. */
  readonly judgesAll: boolean;
  readonly positions: PositionStart;
}
