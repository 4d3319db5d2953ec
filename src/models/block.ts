/** What one part of a block does, in the words of the papers. */
export type PieceKind = 'table' | 'sum' | 'norm' | 'projection' | 'attention' | 'feed-forward' | 'output';

/** One step of computation within a block, with the weights that only it uses and the values one may look at in it. */
export interface Piece {
  readonly kind: PieceKind;
  /** For the unfolded picture: `word table`, `attention`, `feed-forward`. */
  readonly title: string;
  /** Its weights by their dotted names, the part first: `model.bert.embeddings.word_embeddings.weight`. */
  readonly parameters: readonly string[];
  /** Names of `Blueprint.taps`; of an attention its map first, then what asks where no block before ends in that. */
  readonly taps: readonly string[];
  /** Weights of other pieces that it uses as well: the word table of an output layer. */
  readonly borrows?: readonly string[];
  /** What its maps read, where that is not the tokens of its row: one row a distance between two of them. */
  readonly along?: 'distances';
}

/**
 * A piece of the model's picture: something that stands on a row of tokens, on the way from what is read to what is
 * answered. Every weight and every tap of a blueprint is in exactly one piece of one block.
 */
export interface Block {
  /** Unique in its model: `embeddings`, `layer.0`, `generator.layer.0`, `head.word`. */
  readonly id: string;
  /** For the gutter, short: `embeddings`, `layer 1`, `word head`. */
  readonly title: string;
  readonly kind: 'embeddings' | 'layer' | 'head';
  /** The row of tokens it stands on: the text that is read, or the one that a decoder writes. */
  readonly side: 'input' | 'decoder';
  /** Where a model has several stacks of blocks, which one: `generator`, `encoder`, `query stream`. */
  readonly stack?: string;
  /** In the order in which they are computed. */
  readonly pieces: readonly Piece[];
  /** The blocks whose values come in, by their ids, that below it first: a decoder's layer also reads the encoder. */
  readonly reads: readonly string[];
  /** The block whose weights it uses instead of its own: ALBERT's second layer is its first one once more. */
  readonly again?: string;
}
