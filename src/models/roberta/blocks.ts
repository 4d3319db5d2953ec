import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  encoderBlocks,
  headBlock,
  tablePieces,
  weightsOf,
  wordPieces,
} from '../shared/block-parts.ts';
import type { RobertaConfig } from './config.ts';

/** From what is read to what is answered. */
export function blocks(config: RobertaConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const layers = encoderBlocks(config.layers, below(own, 'roberta.encoder.layer'));
  const table = own('roberta.embeddings.word_embeddings');
  const words = wordPieces(own('lm_head.dense'), own('lm_head.layer_norm'), own('lm_head.bias'), table);
  return [embeddingsBlock(tablePieces(below(own, 'roberta.embeddings'))), ...layers, headBlock('word', words, layers)];
}
