import { type Choice, type DrawnBlock, groupId, type Side } from '../../figures/model-picture.ts';
import type { Table } from '../../figures/table.ts';
import type { Lab } from '../lab.svelte.ts';
import type { modelOf, Seen } from './model.ts';

/** What of a block unfolds. */
export type Part = 'heads' | 'kernels' | 'feed-forward' | 'tables';

/** What every unfolded part of a block is given. */
export interface UnfoldedProps {
  readonly lab: Lab;
  /** Why there are no weights whatever is pressed, in a sentence. */
  readonly barred?: string | undefined;
  readonly seen: Seen;
  readonly model: ReturnType<typeof modelOf>;
  /** The block that is unfolded, and which of its groups of heads. */
  readonly block: DrawnBlock;
  readonly group: number;
  readonly choice: Choice;
  readonly width: number;
  readonly size: number;
  /** The parts of the block, the one that is shown, and another one wanted. */
  readonly parts: readonly Part[];
  readonly part: Part;
  readonly onpart: (part: Part) => void;
  readonly onpick: (place: number, side: Side) => void;
  readonly onhead: (group: string, map: string) => void;
  /** Another block is to be unfolded, by the `groupId` of its heads. */
  readonly onopen: (group: string) => void;
  readonly onfold: () => void;
  /** The same numbers as a table, as long as there are any. */
  table?: (() => Table) | undefined;
}

/** The block and the group of heads that a name unfolds; a block without heads has one name. */
export const unfoldedBy = (blocks: readonly DrawnBlock[], name: string | undefined) =>
  blocks
    .flatMap((block) => (block.maps ?? [undefined]).map((_, group) => ({ block, group })))
    .find(({ block, group }) => groupId(block, group) === name);
