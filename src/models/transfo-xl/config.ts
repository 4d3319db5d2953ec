export interface TransfoXlConfig {
  readonly vocabSize: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  /** Numbers of one head; 0: the heads share the width. */
  readonly headWidth: number;
  /** Width of the word table; 0: that of the model. */
  readonly tableWidth: number;
  /** Where the word table is narrower: whether the projection behind the last layer is that in front of the first. */
  readonly tiedProjection: boolean;
  /** Width between the two feed-forward layers. */
  readonly inner: number;
  /** Whether each part norms what it reads, instead of the sum with what it gives. */
  readonly preNorm: boolean;
  readonly dropout: number;
  /** Of the probabilities in attention. */
  readonly attentionDropout: number;
  /** Tokens of earlier calls kept for the next one; 0: none. */
  readonly memoryLength: number;
  /** Whether every token sees the same number of tokens, as many as the memory has; without a memory no difference. */
  readonly sameLength: boolean;
  /** Distances beyond it count as it; 0: no limit. */
  readonly clampLength: number;
  /** Whether the first memory of a run is of zeros that are seen, as in Hugging Face's code; else there is none. */
  readonly zerosFirst: boolean;
  readonly initStd: number;
  readonly epsilon: number;
}
