import type { Head } from '../../../figures/heads.ts';
import { type DrawnBlock, groupId, type Row, rowOf } from '../../../figures/model-picture.ts';

/** The heads of one layer over one text. */
export interface Layer {
  readonly id: string;
  readonly title: string;
  readonly heads: readonly Head[];
  readonly tokens: readonly string[];
}

/** Every group of heads whose tokens look at their own text: those have one name for rows and columns. */
export function layersIn(blocks: readonly DrawnBlock[], rows: readonly Row[]): readonly Layer[] {
  const layers = blocks.filter(({ maps }) => maps);
  return layers.flatMap((block, layer) =>
    (block.maps ?? []).flatMap((maps, group) => {
      const [first] = maps;
      if (!first || first.columnSide !== block.side || first.rows.length !== first.columns) return [];
      const tokens = rowOf(rows, block.side, block.stack)?.chips.map(({ token }) => token) ?? [];
      const title = [block.stack, block.title].filter(Boolean).join(', ');
      const heads = maps.map(({ head, weights }) => ({ layer, head, weights }));
      return [{ id: groupId(block, group), title, heads, tokens }];
    }),
  );
}
