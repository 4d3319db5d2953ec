import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import {
  below,
  embeddingsBlock,
  type Find,
  headBlock,
  nothing,
  piece,
  type Stack,
  tablePieces,
  weightsOf,
  wordPieces,
} from './block-parts.ts';
import { replacedTaps } from './replaced-spec.ts';

/** How many layers either network has. */
export type Depths = { readonly [Part in 'generator' | 'discriminator']: { readonly layers: number } };

/** The layers of a stack; `own` finds the weights below their list. */
type Layers = (layers: number, own: Find, stack: Stack) => readonly Block[];

/** Tables, a map where there is one, and layers; `lender` has the tables of a part without its own. */
function body(
  part: keyof Depths,
  config: Depths,
  layersOf: Layers,
  own: Find,
  lender = nothing,
  reads: readonly string[] = [],
) {
  const stack = { stack: part, prefix: `${part}.` };
  const tables = tablePieces(below(own, 'embeddings'), below(lender, 'embeddings'));
  const map = own('embeddings_project');
  const pieces = map.length > 0 ? [...tables, piece('projection', 'projection', map)] : tables;
  const layers = layersOf(config[part].layers, below(own, 'encoder.layer'), stack);
  return { stack, blocks: [embeddingsBlock(pieces, stack, reads), ...layers] };
}

/**
 * Two networks as `networksOf` computes them, the generator first: what it puts in is what the discriminator reads.
 * `name` is what both call their network.
 */
export function replacedBlocks(config: Depths, spec: Parts, name: string, layersOf: Layers): readonly Block[] {
  const [fill, judge] = [weightsOf(spec, 'generator'), weightsOf(spec, 'discriminator')];
  const lender = below(judge, name);
  const generator = body('generator', config, layersOf, below(fill, name), lender);
  const table = generator.blocks[0]!.pieces[0]!;
  const head = below(fill, 'generator_predictions');
  const words = [
    ...wordPieces(head('dense'), head('LayerNorm'), fill('generator_lm_head'), table.borrows ?? table.parameters),
    piece(
      'output',
      'sample',
      [],
      replacedTaps.map(({ name }) => name),
    ),
  ];
  const wordHead = headBlock('word', words, generator.blocks, generator.stack);

  const discriminator = body('discriminator', config, layersOf, lender, nothing, [wordHead.id]);
  const verdict = below(judge, 'discriminator_predictions');
  const verdicts = [
    piece('projection', 'transform', verdict('dense')),
    piece('output', 'output', verdict('dense_prediction')),
  ];
  return [
    ...generator.blocks,
    wordHead,
    ...discriminator.blocks,
    headBlock('verdict', verdicts, discriminator.blocks, discriminator.stack),
  ];
}
