/** A rectangle in CSS pixels: where words stand, or a mark. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export const overlap = (a: Box, b: Box, gap = 2): boolean =>
  a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;

/** What a curve covers of each pixel column, so that words can be kept off it. */
export interface Track {
  readonly from: number;
  readonly tops: Float64Array;
  readonly bottoms: Float64Array;
}
/** The track of a line through `points`, given in pixels from left to right. */
export function trackOf(points: readonly (readonly [x: number, y: number])[], from: number, to: number): Track {
  const columns = Math.max(1, Math.ceil(to - from) + 1);
  const tops = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const bottoms = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  function mark(x: number, y: number): void {
    const column = Math.round(x - from);
    if (column < 0 || column >= columns) return;
    tops[column] = Math.min(tops[column]!, y);
    bottoms[column] = Math.max(bottoms[column]!, y);
  }
  points.forEach(([x, y], i) => {
    mark(x, y);
    const next = points[i + 1];
    if (!next) return;
    for (let at = Math.ceil(x); at < next[0]; at++) mark(at, y + ((at - x) / (next[0] - x)) * (next[1] - y));
  });
  return { from, tops, bottoms };
}

/** Whether a curve runs through a box; a steep one is joined from column to column. */
export function crosses({ from, tops, bottoms }: Track, box: Box, gap = 3): boolean {
  const first = Math.max(0, Math.floor(box.left - from));
  const last = Math.min(tops.length - 1, Math.ceil(box.right - from));
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let column = first; column <= last; column++) {
    const [before, after] = [top, bottom];
    [top, bottom] = [tops[column]!, bottoms[column]!];
    if (Math.min(top, before) < box.bottom + gap && Math.max(bottom, after) > box.top - gap) return true;
  }
  return false;
}

/** What stands already, and what words keep off. */
export interface Room {
  readonly within: Box;
  readonly taken: Box[];
  readonly tracks: readonly Track[];
  /** Heights of lines that run from side to side. */
  readonly rules: readonly number[];
}
const inside = (box: Box, within: Box): boolean =>
  box.left >= within.left && box.right <= within.right && box.top >= within.top && box.bottom <= within.bottom;

/** Whether a line or a curve runs through a box. */
export const isCrossed = ({ tracks, rules }: Room, box: Box): boolean =>
  rules.some((y) => y > box.top && y < box.bottom) || tracks.some((track) => crosses(track, box));

/** The first place that is free; it is taken from then on. With `mayCross` lines and curves may run through it. */
export function takeFirst<Place extends Box>(
  room: Room,
  places: readonly Place[],
  mayCross = false,
): Place | undefined {
  const free = places.filter((box) => inside(box, room.within) && !room.taken.some((one) => overlap(one, box)));
  const found = free.find((box) => !isCrossed(room, box)) ?? (mayCross ? free[0] : undefined);
  if (found) room.taken.push(found);
  return found;
}
