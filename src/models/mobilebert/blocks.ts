import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  layerBlocks,
  normed,
  piece,
  tablePieces,
  weightsOf,
} from '../shared/block-parts.ts';
import type { MobilebertConfig } from './config.ts';

/** A map and the norm behind it, where there is one. */
const narrowing = (title: string, own: Find) =>
  own('dense').length > 0 ? [piece('projection', title, own('dense')), piece('norm', 'norm', own('LayerNorm'))] : [];

/** From what is read to what is answered. */
export function blocks(config: MobilebertConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const body = below(own, 'mobilebert');
  const layers = layerBlocks(config.layers, (i) => {
    const layer = below(body, `encoder.layer.${i}`);
    const forward = (find: Find, taps: readonly string[] = []) =>
      normed(
        [piece('feed-forward', 'feed-forward', find('intermediate', 'output.dense'), taps)],
        find('output.LayerNorm'),
      );
    const attention = [
      piece('projection', 'values', layer('attention.self.value')),
      piece('attention', 'attention', layer('attention.self.query', 'attention.self.key', 'attention.output.dense'), [
        `attention.${i}`,
      ]),
    ];
    const widening = layer('output.bottleneck.dense');
    return [
      ...narrowing('way in', below(layer, 'bottleneck.input')),
      ...narrowing('way in of queries and keys', below(layer, 'bottleneck.attention')),
      ...normed(attention, layer('attention.output.LayerNorm')),
      ...Array.from({ length: config.feedForwards - 1 }, (_, n) => forward(below(layer, `ffn.${n}`))).flat(),
      ...forward(layer, [`inner.${i}`]),
      ...(widening.length > 0
        ? normed([piece('projection', 'way out', widening)], layer('output.bottleneck.LayerNorm'))
        : []),
    ];
  });
  const words = below(own, 'cls.predictions');
  const [table, ...rest] = tablePieces(below(body, 'embeddings'));
  const read = [table!, piece('projection', 'three neighbours', body('embeddings.embedding_transformation')), ...rest];
  const answer = [
    piece('projection', 'transform', words('transform.dense')),
    piece('norm', 'norm', words('transform.LayerNorm')),
    piece('output', 'output', words('dense', 'bias'), [], table!.parameters),
  ];
  const pool = body('pooler');
  const pair = [
    ...(pool.length > 0 ? [piece('projection', 'pooler', pool)] : []),
    piece('output', 'output', own('cls.seq_relationship')),
  ];
  return [embeddingsBlock(read), ...layers, headBlock('word', answer, layers), headBlock('pair', pair, layers)];
}
