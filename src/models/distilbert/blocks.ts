import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  headBlock,
  layerBlocks,
  layerPieces,
  tablePieces,
  weightsOf,
  wordPieces,
} from '../shared/block-parts.ts';
import type { DistilbertConfig } from './config.ts';

/** From what is read to what is answered. */
export function blocks(config: DistilbertConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const body = below(own, 'distilbert');
  const layers = layerBlocks(config.layers, (i) => {
    const layer = below(body, `transformer.layer.${i}`);
    const [attention, attentionNorm] = [layer('attention'), layer('sa_layer_norm')];
    return layerPieces({ attention, attentionNorm, feedForward: layer('ffn'), norm: layer('output_layer_norm') }, i);
  });
  const table = body('embeddings.word_embeddings');
  const words = wordPieces(own('vocab_transform'), own('vocab_layer_norm'), own('vocab_projector'), table);
  return [embeddingsBlock(tablePieces(below(body, 'embeddings'))), ...layers, headBlock('word', words, layers)];
}
