import type { ModelLayout } from './model-layout.ts';
import type { ModelPart } from './named-parts.ts';
import type { Box } from './placed-text.ts';

/** Where a part stands in the picture, each time that it does. */
export function litBoxes({ blocks, space }: ModelLayout, part: ModelPart): readonly Box[] {
  const { width, unit, gutter } = space;
  const across = (top: number, bottom: number): Box => ({ x: 0, y: top, width, height: bottom - top });
  if (part === 'attention')
    return blocks.flatMap(({ bands }) =>
      bands.flatMap(({ top, to, maps }): readonly Box[] => {
        const tops = maps.map(({ y }) => y - 2 * unit);
        const bottoms = maps.map(({ y, size }) => y + size + 2 * unit);
        const beside = { ...across(Math.min(...tops), Math.max(...bottoms)), width: gutter || width };
        return [{ ...across(top, to), x: gutter, width: width - gutter }, ...(maps.length > 0 ? [beside] : [])];
      }),
    );
  if (part === 'state')
    return blocks.flatMap(({ state }) => (state ? [across(state.y - unit, state.y + state.height + unit)] : []));
  return blocks.flatMap(({ block, y, bottom }) => (block.kind === part ? [across(y - unit, bottom - 2 * unit)] : []));
}
