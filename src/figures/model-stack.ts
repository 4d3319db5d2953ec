import { answersHeight } from './model-answers.ts';
import type { Axis } from './model-axis.ts';
import {
  type Choice,
  chosenMap,
  type DrawnBlock,
  type DrawnMap,
  groupId,
  type Row,
  rowOf,
  type Side,
  shownMaps,
} from './model-picture.ts';

/** How much room parts take, in CSS pixels at a type size of 12. */
export interface Plan {
  readonly threads: number;
  readonly maps: number;
  /** Whether feed-forward strips are drawn. */
  readonly inner: boolean;
  readonly state: number;
  /** Guesses below a place that is asked. */
  readonly answers: number;
}
/** What gives way, step by step, where a picture has to fit a height. */
export const plans: readonly [Plan, ...Plan[]] = [
  { threads: 78, maps: 64, inner: true, state: 16, answers: 3 },
  { threads: 52, maps: 64, inner: true, state: 16, answers: 3 },
  { threads: 52, maps: 64, inner: false, state: 16, answers: 3 },
  { threads: 52, maps: 40, inner: false, state: 16, answers: 3 },
  { threads: 36, maps: 40, inner: false, state: 16, answers: 3 },
  { threads: 36, maps: 30, inner: false, state: 10, answers: 2 },
  { threads: 30, maps: 24, inner: false, state: 8, answers: 1 },
  { threads: 26, maps: 20, inner: false, state: 8, answers: 1 },
];
/** Maps no larger than that stand in one row also in the gutter. */
const low = 30;

/** What every part is placed by; `unit` is a pixel of the plan on the screen. */
export interface Space {
  readonly width: number;
  readonly unit: number;
  readonly type: number;
  /** Width of the gutter; 0 where names and maps stand above instead of beside. */
  readonly gutter: number;
  readonly axes: Readonly<Record<Side, Axis>>;
}

export interface PlacedMap {
  readonly map: DrawnMap;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}
/** The threads of one group of heads, and its maps. */
export interface Band {
  readonly id: string;
  readonly maps: readonly PlacedMap[];
  readonly chosen: DrawnMap;
  /** How many heads there are where not all are shown. */
  readonly outOf?: number;
  /** The line of the numbers; the threads from `from` to `to`. */
  readonly top: number;
  readonly from: number;
  readonly to: number;
  /** Where the other side's states are drawn once more, which the threads go up to. */
  readonly bridge?: { readonly y: number; readonly height: number };
}
interface Strip {
  readonly y: number;
  readonly height: number;
}
export interface PlacedBlock {
  readonly block: DrawnBlock;
  readonly y: number;
  readonly bottom: number;
  /** Where its column ends: below its last strip. */
  readonly foot: number;
  readonly bands: readonly Band[];
  readonly inner?: Strip;
  readonly state?: Strip;
  readonly answers?: number;
}
export interface PlacedRow {
  readonly row: Row;
  /** Top of the chips. */
  readonly y: number;
  /** The column of the query is tinted from here to there. */
  readonly from: number;
  readonly to: number;
}
export interface Stack {
  readonly rows: readonly PlacedRow[];
  readonly blocks: readonly PlacedBlock[];
  readonly titles: readonly { readonly title: string; readonly y: number }[];
  readonly bottom: number;
  readonly plan: Plan;
}

/** Maps beside one another, more than two in two rows; low ones, and those of a narrow picture, all in one row. */
function placeMaps(maps: readonly DrawnMap[], y: number, plan: Plan, { unit, gutter, width }: Space) {
  const gap = 4 * unit;
  const isRow = gutter === 0 || plan.maps <= low || maps.length < 3;
  const across = isRow ? maps.length : 2;
  const side = plan.maps * unit;
  const room = gutter === 0 ? width - 4 : gutter - 10 * unit;
  const most = gutter === 0 ? 4 : Math.max(2, across);
  const size = isRow ? Math.min(side, (room - (most - 1) * gap) / most) : (side - 2 * unit) / 2;
  const step = size + (isRow ? gap : 2 * unit);
  const placed = maps.map((map, i) => ({
    map,
    x: 2 + (i % across) * step,
    y: y + 3 + Math.floor(i / across) * step,
    size,
  }));
  const last = placed.at(-1);
  // Below a low row stands the name of the next part, whose letters rise above its line.
  return { placed, bottom: last ? last.y + last.size + (plan.maps <= low ? 5 : 2) : y };
}

function placeBlock(block: DrawnBlock, y: number, plan: Plan, space: Space, choice: Choice): PlacedBlock {
  const { unit, type, gutter } = space;
  const line = 14 * unit;
  let beside = y + line * (block.differs === undefined ? 1 : 2);
  let axis = gutter === 0 ? beside + 3 * unit : y;
  const bands = (block.maps ?? []).flatMap((maps, g): readonly Band[] => {
    const id = groupId(block, g);
    const chosen = chosenMap(maps, choice.heads?.[id]);
    if (!chosen) return [];
    const { shown, all } = shownMaps(maps, chosen, 4);
    if (g > 0) axis = Math.max(axis, gutter === 0 ? axis : beside + 4 * unit);
    // A further group has a line of its own for its name.
    const mapsTop = g === 0 ? beside : axis + line;
    const { placed, bottom } = placeMaps(shown, gutter === 0 && g === 0 ? axis : mapsTop, plan, space);
    beside = bottom + 2 * unit;
    if (gutter === 0) axis = bottom + 4 * unit;
    const top = axis;
    const bridge = chosen.columnSide === block.side ? undefined : { y: top + 15 * unit, height: 6 * unit };
    axis = top + plan.threads * unit + (bridge ? 8 * unit : 0);
    const from = bridge ? bridge.y + bridge.height + unit : top + 16 * unit;
    const band = { id, maps: placed, chosen, outOf: all > shown.length ? all : undefined, top, from, to: axis, bridge };
    axis += 4 * unit;
    return [band];
  });
  // Where there is room for everything, the strips' names stand clear of the maps.
  if (plan === plans[0] && gutter > 0 && bands.length > 0) axis = Math.max(axis, beside);
  const strip = (height: number, there: unknown): Strip | undefined => {
    if (!there) return undefined;
    const at = { y: axis, height: height * unit };
    axis += at.height + 3 * unit;
    return at;
  };
  const inner = strip(9, plan.inner && block.inner);
  const state = strip(plan.state, block.state);
  const foot = axis;
  const answers = block.answers && block.answers.length > 0 ? axis : undefined;
  if (answers !== undefined) axis += answersHeight(type, plan.answers);
  return {
    block,
    y,
    bottom: Math.max(axis, beside) + (plan.maps > low ? 5 : 3) * unit,
    foot,
    bands,
    inner,
    state,
    answers,
  };
}

/**
 * Everything below one another, in the order of the blocks: a row of tokens above the first block that stands on it,
 * and the name of a stack where one begins on a side that has several.
 */
export function stackModel(
  rows: readonly Row[],
  blocks: readonly DrawnBlock[],
  plan: Plan,
  space: Space,
  choice: Choice,
): Stack {
  const { unit } = space;
  const placed: { row: Row; y: number; from: number; to: number }[] = [];
  const out: PlacedBlock[] = [];
  const titles: { title: string; y: number }[] = [];
  const stacksOf = (side: Side) => new Set(blocks.flatMap((block) => (block.side === side ? [block.stack] : []))).size;
  let y = 0;
  let stack: string | undefined;
  for (const block of blocks) {
    if (block.stack !== stack && block.stack !== undefined && stacksOf(block.side) > 1) {
      y += out.length > 0 ? 6 * unit : 0;
      titles.push({ title: block.stack, y });
      y += 19 * unit;
    }
    stack = block.stack;
    const row = rowOf(rows, block.side, block.stack);
    if (row && placed.at(-1)?.row !== row) {
      const axis = space.axes[block.side];
      // In a narrow picture the row's name has a line of its own.
      const top = y + axis.above + (space.gutter === 0 ? 15 * unit : 0);
      const from = top + axis.chip;
      placed.push({ row, y: top, from, to: from });
      y = from + axis.below + 6 * unit;
    }
    const at = placeBlock(block, y, plan, space, choice);
    out.push(at);
    const below = placed.at(-1);
    if (below) below.to = at.foot;
    y = at.bottom;
  }
  return { rows: placed, blocks: out, titles, bottom: y, plan };
}
