import { type Box, crosses, type Room, takeFirst, trackOf } from './boxes.ts';
import type { References } from './curve.ts';
import { amongText, lossText } from './loss-words.ts';
import { clip, lettersIn, widthOf } from './text.ts';

/** Words in the plot and where they stand; their baseline is a quarter of the type above the foot of the box. */
export interface Label extends Box {
  readonly text: string;
  readonly isStrong: boolean;
}
export interface EndLabel extends Label {
  readonly hue: string;
  readonly isGhost: boolean;
}
/** The least room a line of words needs. */
export const lineHeight = (label: number): number => label * 1.2;
export const boxOf = (text: string, label: number, left: number, top: number, extra = 0): Box => ({
  left,
  right: left + widthOf(text.length, label, 'label') + extra,
  top,
  bottom: top + lineHeight(label),
});

interface Line {
  readonly name: string;
  readonly loss: number;
  readonly y: number;
  readonly best: boolean;
}
/** Lines too near one another for a label between them share one. */
function groupsOf(lines: readonly Line[], label: number): readonly (readonly Line[])[] {
  const groups: Line[][] = [];
  for (const line of [...lines].sort((a, b) => a.y - b.y)) {
    const last = groups.at(-1);
    if (last && line.y - last[0]!.y < label * 0.95) last.push(line);
    else groups.push([line]);
  }
  return groups;
}
/** In short the best possible speaks for its group, else the plainest guess. */
function wordsOf(group: readonly Line[], among: boolean, isShort: boolean): string {
  if (isShort) return (group.find(({ best }) => best) ?? group[0]!).name;
  const named = group.map(({ name, loss }) => `${name} ${lossText(loss)}`);
  const tail = among && group.length === 1 ? ` · among ${amongText(group[0]!.loss)}` : '';
  return named.join(' · ') + tail;
}

/**
 * The labels of the reference lines, at the right, just above or below their line, where neither a curve nor another
 * line runs; further left where the right is taken. A label without a place is left out.
 */
export function labelReferences(
  room: Room,
  references: References,
  y: (loss: number) => number,
  { label, among, isShort, mayCross }: Readonly<{ label: number; among: boolean; isShort: boolean; mayCross: boolean }>,
): readonly Label[] {
  const lines = references.map(({ name, loss, best = false }) => ({ name, loss, y: y(loss), best }));
  const groups = groupsOf(lines, label);
  const { left, right } = room.within;
  const isBest = (group: readonly Line[]) => group.some(({ best }) => best);
  // The best possible comes first, then from below: where a curve ends is where one looks.
  const order = [...groups].reverse().sort((a, b) => Number(isBest(b)) - Number(isBest(a)));
  return order.flatMap((group) => {
    const full = wordsOf(group, among, isShort);
    const fits = widthOf(full.length, label, 'label') < right - left;
    const text = fits ? full : clip(wordsOf(group, false, true), lettersIn(right - left, label, 'label'));
    const width = widthOf(text.length, label, 'label');
    const below = group.at(-1)!.y + 3;
    const above = group[0]!.y - 3 - lineHeight(label);
    const tops = isBest(group) ? [below, above] : [above, below];
    const places = [1, 0.8, 0.6, 0.4].flatMap((share) => {
      const from = Math.max(left, left + (right - left) * share - width);
      return tops.map((top) => boxOf(text, label, from, top));
    });
    const clear = places.filter(({ top, bottom }) => !lines.some((line) => line.y > top && line.y < bottom));
    const box = takeFirst(room, clear, mayCross);
    return box ? [{ ...box, text, isStrong: isBest(group) }] : [];
  });
}

/** A curve that bears its name: the pixels it runs through. */
export interface Named {
  readonly text: string;
  readonly hue: string;
  readonly isGhost: boolean;
  readonly isStrong: boolean;
  readonly line: readonly (readonly [x: number, y: number])[];
}
/** Length of the stroke in the curve's hue before its name. */
export const swatch = 16;

/**
 * The names of curves, each at the end of its own or, where that is taken, further back along it, and never so that
 * another curve runs between the two. One of the past is named near its end or not at all.
 */
export function labelEnds(room: Room, named: readonly Named[], label: number): readonly EndLabel[] {
  const tracks = named.map(({ line }) => trackOf(line, room.within.left, room.within.right));
  return named.flatMap(({ text, hue, isGhost, isStrong, line }, i) => {
    const [start, end] = [line[0], line.at(-1)];
    if (!start || !end) return [];
    const words = clip(text, lettersIn(room.within.right - room.within.left - swatch, label, 'label'));
    const width = widthOf(words.length, label, 'label') + swatch;
    const box = (left: number, top: number) => boxOf(words, label, left, top, swatch);
    const beside = box(end[0] + 8, end[1] - lineHeight(label) / 2);
    const along = (isGhost ? [1, 0.85, 0.7] : [1, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1]).flatMap((share) => {
      const x = start[0] + (end[0] - start[0]) * share;
      const left = Math.min(room.within.right - width, Math.max(room.within.left, x - width));
      const own = besideCurve(line, left, left + width);
      if (!own) return [];
      return [5, 12].flatMap((gap) => [
        { ...box(left, own.top - gap - lineHeight(label)), own },
        { ...box(left, own.bottom + gap), own },
      ]);
    });
    const near = along.filter(({ own, ...place }) => {
      const between = { ...place, top: Math.min(place.top, own.bottom), bottom: Math.max(place.bottom, own.top) };
      return !tracks.some((other, k) => k !== i && !named[k]!.isGhost && crosses(other, between, 0));
    });
    const place =
      takeFirst(room, [beside, ...near]) ?? (isGhost ? undefined : takeFirst(room, [...near, ...along], true));
    if (!place) return [];
    const { left, right, top, bottom } = place;
    return [{ left, right, top, bottom, text: words, hue, isGhost, isStrong }];
  });
}
/** Between which heights a curve runs from one place to another; undefined where it does not come there. */
function besideCurve(line: Named['line'], from: number, to: number) {
  const heights = line.flatMap(([x, y], i) => {
    const before = line[i - 1];
    // A curve of few points may have none between the two places: where it enters and leaves counts as well.
    const edges = [from, to].flatMap((at) =>
      before && at > before[0] && at < x ? [before[1] + ((at - before[0]) / (x - before[0])) * (y - before[1])] : [],
    );
    return x >= from && x <= to ? [y, ...edges] : edges;
  });
  return heights.length > 0 ? { top: Math.min(...heights), bottom: Math.max(...heights) } : undefined;
}

/** Words at the head of the lines where something changes, in the first row that is free. */
export function labelTurns(
  room: Room,
  turns: readonly { readonly x: number; readonly label: string }[],
  label: number,
): readonly Label[] {
  return turns.flatMap(({ x, label: words }) => {
    const text = clip(words, lettersIn(room.within.right - x - 5, label, 'label'));
    const places = [0, 1, 2, 3, 4, 5].map((row) =>
      boxOf(text, label, x + 5, room.within.top + row * lineHeight(label)),
    );
    const box = takeFirst(room, places);
    return box ? [{ ...box, text, isStrong: false }] : [];
  });
}
