import type { Activation } from '../../nn/layers.ts';

export interface XlnetConfig {
  readonly vocabSize: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
  readonly activation: Activation;
  /** One rate for all places, attention included. */
  readonly dropout: number;
  /** Tokens of memory kept for the next call; 0: a run carries none, and a call that is given one keeps all of it. */
  readonly memoryLength: number;
  /** Only so many first steps of a call enter the memory; 0: all. */
  readonly reuseLength: number;
  /** Distances beyond it count as it; 0: no limit. */
  readonly clampLength: number;
  readonly initStd: number;
  readonly epsilon: number;
  readonly padId: number;
}
