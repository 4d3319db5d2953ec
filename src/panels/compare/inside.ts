import { flatten, sizeOf } from '../../core/params.ts';
import type { BlockStack, StackBlock } from '../../figures/block-stacks.ts';
import type { Block } from '../../models/block.ts';
import { blockDifferences, type Pictured } from '../../models/block-differences.ts';
import { blocksOf } from '../../models/pictures.ts';
import { keptBlocks, modelOf } from './counted.ts';
import type { Row } from './rows.ts';

/** The blocks of the network that is kept, and the shapes of its weights; undefined where it is not built here. */
function pictured({ size }: Row): Pictured | undefined {
  const model = modelOf(size);
  if (!model) return undefined;
  const { blueprint, config } = model;
  return { blocks: keptBlocks(blocksOf(blueprint, config)), spec: blueprint.spec(config) };
}

const keyOf = (kind: Block['kind'], title: string) => `${kind} ${title}`;

/** Its blocks from what is read on; layers that are alike are one, with their number. */
function stackOf({ name }: Row, { blocks, spec }: Pictured, other: Pictured): BlockStack {
  const sizes = new Map(
    Object.entries(spec).flatMap(([part, tree]) =>
      flatten(tree, part).map(([weight, { shape, buffer }]) => [weight, buffer ? 0 : sizeOf(shape)] as const),
    ),
  );
  const known = new Set(other.blocks.flatMap(({ kind, pieces }) => pieces.map(({ title }) => keyOf(kind, title))));
  const stacks: (StackBlock & { readonly first: Block })[] = [];
  for (const block of blocks) {
    const pieces = block.pieces
      .filter(({ kind }) => kind !== 'sum')
      .map(({ title, parameters }) => ({
        title,
        weights: parameters.reduce((sum, weight) => sum + (sizes.get(weight) ?? 0), 0),
        isOwn: !known.has(keyOf(block.kind, title)),
      }));
    const last = stacks.at(-1);
    const isAgain = block.again !== undefined && block.again === last?.first.id;
    const isAlike =
      last?.first.kind === 'layer' &&
      block.kind === 'layer' &&
      last.first.stack === block.stack &&
      (isAgain || JSON.stringify(last.pieces) === JSON.stringify(pieces));
    if (isAlike) stacks.splice(-1, 1, { ...last, count: last.count + 1, isShared: isAgain });
    else {
      const borrowed = block.again !== undefined;
      stacks.push({ title: block.title, stack: block.stack, count: 1, isShared: borrowed, pieces, first: block });
    }
  }
  return { name, blocks: stacks.map(({ first: _, ...block }) => block) };
}

/** Two models from inside, and what the first has otherwise than the second, in a few words each. */
export interface Inside {
  readonly stacks: readonly BlockStack[];
  readonly differences: readonly string[];
}

/** Undefined where one of them is not built here; the pictures of both have to be loaded. */
export function insideOf(row: Row, other: Row): Inside | undefined {
  const [mine, theirs] = [pictured(row), pictured(other)];
  if (!mine || !theirs) return undefined;
  return {
    stacks: [stackOf(row, mine, theirs), stackOf(other, theirs, mine)],
    differences: blockDifferences(mine, theirs).map(({ phrase }) => phrase),
  };
}
