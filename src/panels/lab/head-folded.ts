import type { Folded } from '../../figures/head-folds.ts';
import { type DrawnBlock, type Row, rowOf, type Side } from '../../figures/model-picture.ts';
import { percent } from '../../figures/table.ts';

/** What a block is called among those of several stacks. */
const named = ({ title, stack }: DrawnBlock): string =>
  stack === undefined ? title : `${title}, ${stack.replace(/ stream$/, '')}`;

/**
 * The other blocks of a model, folded, before and after the one that is unfolded over the keys of a row: those that
 * stand on the same tokens with their numbers; of the others one line a stack. `restOf` names what of the block itself
 * comes behind what is unfolded.
 */
export function foldedAround(
  rows: readonly Row[],
  blocks: readonly DrawnBlock[],
  open: DrawnBlock,
  keys: Side,
  restOf = 'rest of',
): { readonly before: readonly Folded[]; readonly after: readonly Folded[] } {
  const axis = rowOf(rows, keys, keys === open.side ? open.stack : undefined);
  const isOn = ({ side, stack }: DrawnBlock) => rowOf(rows, side, stack) === axis;
  const stacks = new Set(blocks.map(({ stack }) => stack)).size;

  function fold(some: readonly DrawnBlock[]): readonly Folded[] {
    const folded: Folded[] = [];
    let elsewhere: { stack: string | undefined; all: DrawnBlock[] } | undefined;
    for (const block of some) {
      const { id, stack, state, answers } = block;
      if (isOn(block)) {
        elsewhere = undefined;
        const said = answers?.flatMap(({ place, guesses }) =>
          guesses[0] ? [{ place, text: `${guesses[0].token} ${percent(guesses[0].share)}` }] : [],
        );
        folded.push({ id, title: stacks > 1 ? named(block) : block.title, state, answers: said });
      } else if (elsewhere?.stack === stack && elsewhere) {
        elsewhere.all.push(block);
        folded[folded.length - 1] = {
          id: elsewhere.all[0]!.id,
          title: `${stack ?? 'more'}: ${elsewhere.all.length} blocks`,
        };
      } else {
        elsewhere = { stack, all: [block] };
        folded.push({ id, title: named(block) });
      }
    }
    return folded;
  }
  const at = blocks.indexOf(open);
  const rest = isOn(open) ? [{ id: open.id, title: `${restOf} ${open.title}`, state: open.state }] : [];
  return { before: fold(blocks.slice(0, at)), after: [...rest, ...fold(blocks.slice(at + 1))] };
}
