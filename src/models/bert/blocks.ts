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
import type { BertConfig } from './config.ts';

/** From what is read to what is answered. */
export function blocks(config: BertConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const layers = encoderBlocks(config.layers, below(own, 'bert.encoder.layer'));
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
