import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  encoderBlocks,
  headBlock,
  piece,
  tablePieces,
  weightsOf,
  wordPieces,
} from '../shared/block-parts.ts';
import type { BigbirdConfig } from './config.ts';

/** A layer of BERT, but that its attention is named after how it looks. */
const inBlocks = (layer: Block): Block => ({
  ...layer,
  pieces: layer.pieces.map((one) => (one.kind === 'attention' ? { ...one, title: 'block attention' } : one)),
});

/** From what is read to what is answered: BERT's blocks, but that the pooler is one map. */
export function blocks(config: BigbirdConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const whole = encoderBlocks(config.layers, below(own, 'bert.encoder.layer'));
  const layers = config.attention === 'block_sparse' ? whole.map(inBlocks) : whole;
  const words = below(own, 'cls.predictions');
  const table = own('bert.embeddings.word_embeddings');
  const transform = [words('transform.dense'), words('transform.LayerNorm')] as const;
  const pair = [
    piece('projection', 'pooler', own('bert.pooler')),
    piece('output', 'output', own('cls.seq_relationship')),
  ];
  return [
    embeddingsBlock(tablePieces(below(own, 'bert.embeddings'))),
    ...layers,
    headBlock('word', wordPieces(...transform, words('bias'), table), layers),
    headBlock('pair', pair, layers),
  ];
}
