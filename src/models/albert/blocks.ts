import type { Parts } from '../architecture.ts';
import type { Block, Piece } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  type LayerWeights,
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

const weightsBelow = (layer: Find): LayerWeights => ({
  attention: layer('attention.query', 'attention.key', 'attention.value', 'attention.dense'),
  attentionNorm: layer('attention.LayerNorm'),
  feedForward: layer('ffn', 'ffn_output'),
  norm: layer('full_layer_layer_norm'),
});

/** Pieces that have no weights of their own use those of `lender`. */
const borrowed = (own: readonly Piece[], lender: readonly Piece[]): readonly Piece[] =>
  own.map((one, i) => {
    const borrows = lender[i]!.parameters;
    return one.parameters.length > 0 || borrows.length === 0 ? one : { ...one, borrows };
  });

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
    if (first(i) < i) return layerPieces(weightsBelow(nothing), i);
    const lent = config.share === 'all' ? nothing : below(body, paths[i % config.layersPerGroup]!);
    return borrowed(layerPieces(weightsBelow(below(body, paths[i]!)), i), layerPieces(weightsBelow(lent), i));
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
