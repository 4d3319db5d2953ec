import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  headBlock,
  layerBlocks,
  layerPieces,
  nothing,
  piece,
  tablePieces,
  weightsOf,
  wordPieces,
} from '../shared/block-parts.ts';
import type { AlbertConfig } from './config.ts';
import { turnOf } from './spec.ts';

/** From what is read to what is answered. */
export function blocks(config: AlbertConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const body = below(own, 'albert');
  const paths = Array.from({ length: config.layers * config.layersPerGroup }, (_, i) => {
    const [group, inside] = turnOf(config, i);
    return `encoder.albert_layer_groups.${group}.albert_layers.${inside}`;
  });
  const first = (i: number) => paths.indexOf(paths[i]!);
  const layers = layerBlocks(paths.length, (i) => {
    const layer = first(i) < i ? nothing : below(body, paths[i]!);
    const attention = layer('attention.query', 'attention.key', 'attention.value', 'attention.dense');
    const [attentionNorm, norm] = [layer('attention.LayerNorm'), layer('full_layer_layer_norm')];
    return layerPieces({ attention, attentionNorm, feedForward: layer('ffn', 'ffn_output'), norm }, i);
  }).map((block, i) => (first(i) < i ? { ...block, again: `layer.${first(i)}` } : block));
  const words = below(own, 'predictions');
  const table = body('embeddings.word_embeddings');
  const pair = [piece('projection', 'pooler', body('pooler')), piece('output', 'output', own('sop_classifier'))];
  return [
    embeddingsBlock([
      ...tablePieces(below(body, 'embeddings')),
      piece('projection', 'projection', body('encoder.embedding_hidden_mapping_in')),
    ]),
    ...layers,
    headBlock('word', wordPieces(words('dense'), words('LayerNorm'), words('bias'), table), layers),
    headBlock('pair', pair, layers),
  ];
}
