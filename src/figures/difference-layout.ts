import { extent } from 'd3';
import { type Box, type Room, takeFirst, trackOf } from './boxes.ts';
import type { Series } from './curve.ts';
import { type Difference, differencesOf, leaderAt, leaderText, signedText } from './difference.ts';
import { boxOf } from './loss-curve-labels.ts';
import { placeText } from './loss-words.ts';
import { categorical } from './palette.ts';
import { bandPath, linePath, numericScale, shortNumber, ticksOf } from './scales.ts';
import { clip, lettersIn, widthOf } from './text.ts';

export interface DifferenceOptions {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly xMax: number;
  readonly xLog: boolean;
  readonly left: number;
}
/** Squares that count who is ahead are so wide. */
export const square = 9;

/** What stands where in a strip of differences, in CSS pixels. */
export function layoutDifferences(
  a: Series,
  b: Series,
  { width, height, size, xMax, xLog, left: least }: DifferenceOptions,
) {
  const differences = differencesOf(a, b);
  const label = Math.max(12, size);
  const hues = [a, b].map(({ hue }, i) => categorical[(hue ?? i) % categorical.length]!) as [string, string];
  const left = Math.max(least, widthOf(5, label, 'label') + 10);
  // Below the axis its numbers, then squares and, where there is room, words.
  const plot = {
    left,
    right: width - 10,
    top: label * 1.6,
    bottom: height - 14 - label * 1.1 - (square + 6) - label * 1.4,
  };
  const x = numericScale(xLog, [xLog ? 1 : 0, Math.max(xMax, 1, differences.at(-1)?.x ?? 0)], [plot.left, plot.right]);
  const [low, high] = extent([0, ...differences.flatMap((one) => [one.low, one.high])]) as [number, number];
  // So much air above and below that words fit there.
  const pixel = (high - low || 1) / (plot.bottom - plot.top - label * 3.6);
  const y = numericScale(false, [low - pixel * label * 1.8, high + pixel * label * 1.8], [plot.bottom, plot.top]);
  const path = (pick: (one: Difference) => number) => linePath(pixels(pick));
  const pixels = (pick: (one: Difference) => number) => differences.map((one) => [x(one.x), y(pick(one))] as const);
  const room: Room = {
    within: { ...plot, left: plot.left + 4, right: plot.right - 3 },
    taken: [],
    rules: [y(0)],
    tracks: [pixels((one) => one.low), pixels((one) => one.high), pixels((one) => one.mean)].map((points) =>
      trackOf(points, plot.left, plot.right),
    ),
  };
  /** Words at one of some heights, at the right or, where something is there already, further left. */
  function place(
    text: string,
    tops: readonly number[],
    mayCross = false,
  ): (Box & { readonly text: string }) | undefined {
    const words = clip(text, lettersIn(plot.right - plot.left, label, 'label'));
    const wide = widthOf(words.length, label, 'label');
    const places = [1, 0.8, 0.6].flatMap((share) =>
      tops.map((top) =>
        boxOf(
          words,
          label,
          Math.max(room.within.left, plot.left + (room.within.right - plot.left) * share - wide),
          top,
        ),
      ),
    );
    const box = takeFirst(room, places, mayCross);
    return box && { ...box, text: words };
  }
  const last = differences.at(-1);
  const around = last
    ? [y(last.low) + label * 0.4, y(last.high) - label * 1.6, y(last.mean) - label * 1.5, y(last.mean) + label * 0.3]
    : [];
  const mean = last && place(`${signedText(last.mean)} nats on average`, around, true);
  const sides = [
    place(`↑ ${b.name} is ahead`, [plot.top]),
    place(`↓ ${a.name} is ahead`, [plot.bottom - label * 1.25]),
  ].filter((side) => side !== undefined);
  const counts = countsAlong(differences, x, hues, [widthOf(5, label, 'label') + 8, width]);
  return {
    label,
    plot,
    x,
    y,
    hues,
    differences,
    title: clip(`${a.name} − ${b.name}: nats, seed by seed`, lettersIn(width, label, 'label')),
    xTicks: ticksOf(x, (plot.right - plot.left) / 90, label * 3.8, (at) => placeText(at, shortNumber)),
    yTicks: y.ticks(Math.max(2, (plot.bottom - plot.top) / 32)).map((at) => ({ at: y(at), label: signedText(at) })),
    zero: y(0),
    band: bandPath(
      pixels((one) => one.low),
      pixels((one) => one.high),
    ),
    mean: path((one) => one.mean),
    seeds: Array.from({ length: last?.values.length ?? 0 }, (_, seed) => path((one) => one.values[seed]!)),
    // Many points would be a carpet: those of training curves are left out.
    dots:
      differences.length * 16 > plot.right - plot.left
        ? []
        : differences.flatMap((one) =>
            one.values.map((value) => ({
              x: x(one.x),
              y: y(value),
              hue: value < 0 ? hues[0] : value > 0 ? hues[1] : undefined,
            })),
          ),
    sides,
    meanLabel: mean,
    counts,
    words: wordsUnder(counts, a.name, b.name, label, width),
  };
}

interface Count {
  readonly one: Difference;
  readonly from: number;
  readonly hues: readonly (string | undefined)[];
}
/** Squares that count who is ahead, at the last place and at as many before it as stand apart. */
function countsAlong(
  differences: readonly Difference[],
  x: (at: number) => number,
  hues: readonly [string, string],
  [start, end]: readonly [number, number],
): readonly Count[] {
  const counts: Count[] = [];
  let free = end;
  for (const one of [...differences].reverse()) {
    const wide = one.values.length * (square + 2) - 2;
    const from = Math.max(start, Math.min(end - wide, x(one.x) - wide / 2));
    if (from + wide > free) continue;
    free = from - square;
    const signs = [...one.values].sort((p, q) => q - p);
    counts.unshift({ one, from, hues: signs.map((value) => (value < 0 ? hues[0] : value > 0 ? hues[1] : undefined)) });
  }
  return counts;
}
/** Under the squares who is ahead and in how many, from the right to the left, where the words have room. */
function wordsUnder(counts: readonly Count[], a: string, b: string, label: number, width: number) {
  let free = width;
  return [...counts].reverse().flatMap(({ one, from, hues }) => {
    const text = leaderText(one, a, b);
    const half = widthOf(text.length, label, 'label') / 2;
    const middle = from + (hues.length * (square + 2) - 2) / 2;
    const x = Math.min(free - half, middle);
    if (x - half < 0 || middle - x > half) return [];
    free = x - half - label;
    return [{ text, x, isAll: leaderAt(one).count === one.values.length }];
  });
}
