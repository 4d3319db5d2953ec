import type { Activation } from '../../nn/layers.ts';
import type { PositionStart } from '../shared/encoder-spec.ts';

/** The sizes in which encoder and decoder may differ. */
export interface BartSide {
  readonly layers: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
}

export interface BartConfig {
  readonly vocabSize: number;
  readonly hidden: number;
  readonly encoder: BartSide;
  readonly decoder: BartSide;
  readonly activation: Activation;
  readonly dropout: number;
  readonly attentionDropout: number;
  /** Between the two feed-forward layers. */
  readonly activationDropout: number;
  /** Longest source and longest target; the position tables have two rows more. */
  readonly maxLength: number;
  readonly initStd: number;
  /** Whether looked-up words are multiplied by √hidden. */
  readonly scaleEmbedding: boolean;
  readonly padId: number;
  readonly bosId: number;
  readonly eosId: number;
  /** What the decoder starts from. */
  readonly startId: number;
  /** The first and the last token of what is generated, where they are fixed. */
  readonly forcedBosId?: number;
  readonly forcedEosId?: number;
  readonly positions: PositionStart;
}
