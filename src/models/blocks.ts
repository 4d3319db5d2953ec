import type { AnyBlueprint, Parts } from './architecture.ts';
import type { Block } from './block.ts';

/** What `blocks.ts` of an architecture's folder says: the blocks of its picture, from its configuration and spec. */
type MakeBlocks = (config: object, spec: Parts) => readonly Block[];

const found = import.meta.glob<MakeBlocks>('./*/blocks.ts', { eager: true, import: 'blocks' });

/**
 * The blocks of a model's picture, in the order from what is read to what is answered; each weight and each tap is in
 * exactly one piece of one block. Apart from the blueprint, since only pictures and counts need them. Empty where the
 * folder of an architecture says nothing of the kind.
 */
export const blocksOf = (blueprint: AnyBlueprint, config: object): readonly Block[] =>
  found[`./${blueprint.id}/blocks.ts`]?.(config, blueprint.spec(config)) ?? [];
