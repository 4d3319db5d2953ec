import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  layerBlocks,
  normed,
  nothing,
  piece,
  type Stack,
  tablePieces,
  weightsOf,
  wordPieces,
} from '../shared/block-parts.ts';
import { replacedTaps } from '../shared/replaced-spec.ts';

/** How many layers either network has. */
type Depths = { readonly [Part in 'generator' | 'discriminator']: { readonly layers: number } };

/** Layers of mixed attention; `own` finds the weights below the list of layers. */
const mixedBlocks = (layers: number, own: Find, stack: Stack): readonly Block[] =>
  layerBlocks(
    layers,
    (i) => {
      const layer = below(own, String(i));
      const self = below(layer, 'attention.self');
      const tap = (name: string) => `${stack.prefix}${name}.${i}`;
      const mixed = [
        piece('attention', 'attention', self('query', 'key', 'value'), [tap('attention')]),
        piece('projection', 'span kernels', self('key_conv_attn_layer', 'conv_kernel_layer'), [tap('kernel')]),
        piece('projection', 'values to convolve', self('conv_out_layer')),
        piece('projection', 'output of both', layer('attention.output.dense')),
      ];
      const forward = piece('feed-forward', 'feed-forward', layer('intermediate', 'output.dense'), [tap('inner')]);
      return [...normed(mixed, layer('attention.output.LayerNorm')), ...normed([forward], layer('output.LayerNorm'))];
    },
    stack,
  );

/** Tables, a map where there is one, and layers; `lender` has the tables of a part without its own. */
function body(part: keyof Depths, config: Depths, own: Find, lender = nothing, reads: readonly string[] = []) {
  const stack = { stack: part, prefix: `${part}.` };
  const tables = tablePieces(below(own, 'embeddings'), below(lender, 'embeddings'));
  const map = own('embeddings_project');
  const pieces = map.length > 0 ? [...tables, piece('projection', 'projection', map)] : tables;
  const layers = mixedBlocks(config[part].layers, below(own, 'encoder.layer'), stack);
  return { stack, blocks: [embeddingsBlock(pieces, stack, reads), ...layers] };
}

/** The generator first: what it puts in is what the discriminator reads. */
export function blocks(config: Depths, spec: Parts): readonly Block[] {
  const [fill, judge] = [weightsOf(spec, 'generator'), weightsOf(spec, 'discriminator')];
  const lender = below(judge, 'convbert');
  const generator = body('generator', config, below(fill, 'convbert'), lender);
  const table = generator.blocks[0]!.pieces[0]!;
  const head = below(fill, 'generator_predictions');
  const sampled = replacedTaps.map(({ name }) => name);
  const words = [
    ...wordPieces(head('dense'), head('LayerNorm'), fill('generator_lm_head'), table.borrows ?? table.parameters),
    piece('output', 'sample', [], sampled),
  ];
  const wordHead = headBlock('word', words, generator.blocks, generator.stack);

  const discriminator = body('discriminator', config, lender, nothing, [wordHead.id]);
  const verdict = below(judge, 'discriminator_predictions');
  const verdicts = [
    piece('projection', 'transform', verdict('dense')),
    piece('output', 'output', verdict('dense_prediction')),
  ];
  const verdictHead = headBlock('verdict', verdicts, discriminator.blocks, discriminator.stack);
  return [...generator.blocks, wordHead, ...discriminator.blocks, verdictHead];
}
