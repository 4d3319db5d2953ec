import type { Parts } from '../../../src/models/architecture.ts';
import type { Block } from '../../../src/models/block.ts';
import {
  below,
  embeddingsBlock,
  encoderBlocks,
  endingIn,
  headBlock,
  piece,
  tablePieces,
  weightsOf,
  wordPieces,
} from '../../../src/models/shared/block-parts.ts';
import type { EchoConfig } from './config.ts';

/** The second layer is a stack of its own, which the first one's values come into. */
export function blocks(_: EchoConfig, spec: Parts): readonly Block[] {
  const own = weightsOf(spec, 'model');
  const words = below(own, 'predictions');
  const far = encoderBlocks(1, below(own, 'far.layer'), { stack: 'far' }).map((block) => ({
    ...block,
    pieces: endingIn(block.pieces, 'near.hidden.0'),
  }));
  const near = encoderBlocks(1, below(own, 'near.layer'), { stack: 'near', prefix: 'near.' });
  const table = own('embeddings.word_embeddings');
  return [
    embeddingsBlock(tablePieces(below(own, 'embeddings')), { stack: 'far' }),
    ...far,
    ...near.map((block) => ({ ...block, reads: far.map(({ id }) => id) })),
    headBlock('word', wordPieces(words('dense'), words('LayerNorm'), words('bias'), table), near, { stack: 'near' }),
    headBlock('repeated', [piece('output', 'output', own('repeated'), ['repeated'])], near, { stack: 'near' }),
  ];
}
