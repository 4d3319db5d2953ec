import type { Parts } from '../architecture.ts';
import type { Block, Piece } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  layerBlocks,
  normed,
  piece,
  weightsOf,
} from '../shared/block-parts.ts';
import type { TransfoXlConfig } from './config.ts';

/** A part with its sum and its norm: behind the sum, or in front of the part. Dai et al. 2019, §3.3. */
const placed = (pieces: readonly Piece[], norm: readonly string[], isFirst: boolean): readonly Piece[] =>
  isFirst ? [piece('norm', 'norm', norm), ...pieces, piece('sum', 'sum')] : normed(pieces, norm);

/** Distances are heard in the scores; the memory is no part with weights, keys and values are made of it. */
const layer = (own: Find, i: number, isFirst: boolean): readonly Piece[] => {
  const attention = below(own, 'dec_attn');
  const feed = below(own, 'pos_ff');
  return [
    ...placed(
      [
        piece('projection', 'relative places', [...attention('r_net'), ...attention('r_r_bias')]),
        piece(
          'attention',
          'attention',
          [...attention('qkv_net', 'o_net'), ...attention('r_w_bias')],
          [`attention.${i}`],
        ),
      ],
      attention('layer_norm'),
      isFirst,
    ),
    ...placed([piece('feed-forward', 'feed-forward', feed('CoreNet'), [`inner.${i}`])], feed('layer_norm'), isFirst),
  ];
};

/** From what is read to what is answered. */
export function blocks({ layers, preNorm, tiedProjection }: TransfoXlConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const body = below(own, 'transformer');
  const table = body('word_emb.emb_layers');
  const widening = body('word_emb.emb_projs');
  const narrowing = own('crit.out_projs');
  const stack = layerBlocks(layers, (i) => layer(below(body, `layers.${i}`), i, preNorm));
  const projected = tiedProjection ? widening : narrowing;
  const inAndOut = projected.length > 0;
  return [
    embeddingsBlock([
      piece('table', 'word table', table),
      ...(inAndOut ? [piece('projection', 'projection', widening)] : []),
    ]),
    ...stack,
    headBlock(
      'word',
      [
        ...(inAndOut ? [piece('projection', 'projection', narrowing, [], tiedProjection ? widening : [])] : []),
        piece('output', 'output', own('crit.out_layers'), [], table),
      ],
      stack,
    ),
  ];
}
