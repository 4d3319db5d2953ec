import type { Parts } from '../architecture.ts';
import type { Block, Piece } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  layerBlocks,
  layerPieces,
  normed,
  piece,
  type Stack,
  weightsOf,
} from '../shared/block-parts.ts';

/** Words and places, their sum and its norm, then layers with what `between` puts into each. */
function sideBlocks(
  layers: number,
  weights: Find,
  wordTable: Piece,
  stack: Stack,
  between: (layer: Find, i: number) => readonly Piece[] = () => [],
): readonly Block[] {
  const tables = [wordTable, piece('table', 'place table', weights('embed_positions'))];
  const pieces = (i: number) => {
    const layer = below(weights, `layers.${i}`);
    const [attention, attentionNorm] = [layer('self_attn'), layer('self_attn_layer_norm')];
    const fed = { feedForward: layer('fc1', 'fc2'), norm: layer('final_layer_norm') };
    return layerPieces({ attention, attentionNorm, ...fed }, i, stack.prefix, between(layer, i));
  };
  return [
    embeddingsBlock(normed(tables, weights('layernorm_embedding')), stack),
    ...layerBlocks(layers, pieces, stack),
  ];
}

/** How many layers either side has. */
type Depths = { readonly [Side in 'encoder' | 'decoder']: { readonly layers: number } };

/** One word table for both sides: it stands with the encoder. */
export function blocks({ encoder, decoder }: Depths, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const table = own('model.shared');
  const reading = { stack: 'encoder', prefix: 'encoder.' } as const;
  const writing = { stack: 'decoder', prefix: 'decoder.', side: 'decoder' } as const;
  const read = sideBlocks(encoder.layers, below(own, 'model.encoder'), piece('table', 'word table', table), reading);
  const source = read.at(-1)!.id;
  const borrowed = piece('table', 'word table', [], [], table);
  const written = sideBlocks(decoder.layers, below(own, 'model.decoder'), borrowed, writing, (layer, i) =>
    normed(
      [piece('attention', 'cross-attention', layer('encoder_attn'), [`cross.attention.${i}`, `decoder.attended.${i}`])],
      layer('encoder_attn_layer_norm'),
    ),
  ).map((block) => (block.kind === 'layer' ? { ...block, reads: [...block.reads, source] } : block));
  const words = [piece('output', 'output', own('final_logits_bias'), [], table)];
  return [...read, ...written, headBlock('word', words, written, writing)];
}
