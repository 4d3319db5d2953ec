import type { Parts } from '../architecture.ts';
import type { Block } from '../block.ts';
import { encoderBlocks } from '../shared/block-parts.ts';
import { type Depths, replacedBlocks } from '../shared/replaced-blocks.ts';

/** From what is read to what is answered. */
export const blocks = (config: Depths, spec: Parts): readonly Block[] =>
  replacedBlocks(config, spec, 'electra', encoderBlocks);
