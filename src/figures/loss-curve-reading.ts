import { type Box, crosses, overlap } from './boxes.ts';
import type { References } from './curve.ts';
import type { Standing } from './loss-curve-flags.ts';
import { lineHeight } from './loss-curve-labels.ts';
import type { Drawn, LossCurveLayout } from './loss-curve-layout.ts';
import { amongText, learnedText, lossText } from './loss-words.ts';
import { shortNumber } from './scales.ts';
import { widthOf } from './text.ts';

export interface ReadingWords {
  readonly references: References;
  readonly unit: string;
  /** Whether the losses are of a choice among many answers. */
  readonly among: boolean;
  /** What stands behind the place: `live`, `paused`. */
  readonly state?: string;
}
/** What the chart says at one place of its horizontal axis, and where it says it. */
export interface Reading extends Box {
  readonly x: number;
  readonly dots: readonly { readonly y: number; readonly hue: string }[];
  readonly lines: readonly string[];
  /** The same in one line, for those who listen. */
  readonly spoken: string;
  readonly anchor: 'start' | 'end';
}

/** What can be read at a place: the runs themselves, and a run of the past only where none of them has come. */
function readAt(drawn: readonly Drawn[], at: number) {
  const read = drawn.flatMap((one) => {
    const loss = one.lossAt(at);
    return loss === undefined ? [] : [{ ...one, loss }];
  });
  const own = read.filter(({ ghost, guide }) => !ghost && !guide);
  return own.length > 0 ? read.filter(({ ghost }) => !ghost) : read;
}

function wordsAt(layout: LossCurveLayout, at: number, words: ReadingWords) {
  const { references, unit, among, state } = words;
  const read = readAt(layout.drawn, at);
  const where = Math.abs(at) < 1e7 ? Math.round(at).toLocaleString('en') : shortNumber(Number(at.toPrecision(3)));
  const place = `${unit} ${where}${state ? `, ${state}` : ''}`;
  const [only] = read;
  const isOne = read.length === 1 && only !== undefined;
  const nats = isOne ? `${only.ghost || only.isNamed ? `${only.name}: ` : ''}${lossText(only.loss)} nats` : '';
  const learned = isOne && !only.guide && !only.isNamed ? learnedText(only.loss, references) : undefined;
  const like = isOne && among ? `like choosing among ${amongText(only.loss)}` : undefined;
  // Three lines of that length would hide what they are about.
  const isLong = among && !layout.isNarrow && read.length < 3;
  const several = read.map(
    ({ name, loss }) => `${name} ${lossText(loss)}${isLong ? ` · among ${amongText(loss)}` : ''}`,
  );
  const there = <Part>(parts: readonly (Part | undefined)[]) =>
    parts.filter((part) => part !== undefined && part !== '');
  const spoken = `${place}: ${there(isOne ? [nats, like, learned] : [several.join(', ') || 'nothing measured']).join(', ')}`;
  const lines = layout.isFolded
    ? [place, isOne ? nats : '']
    : isOne
      ? layout.isNarrow
        ? [place, nats, like]
        : [place, like ? `${nats}: ${like}` : nats, learned]
      : [place, ...several];
  return { read, spoken, lines: there(lines) as readonly string[] };
}

/** How far from the line the words may stand, in type sizes: not at once, but rather than over a curve. */
const away = [0, 5, 11];

/**
 * Where the words stand: to the right of the line, near the right edge to its left, and so high that they cover least.
 * Never outside: where neither side has room they stand over the line.
 */
function placeReading(
  { plot, room, label, referenceLabels }: LossCurveLayout,
  x: number,
  lines: readonly string[],
  flags: readonly Standing[],
): Box {
  const width = widthOf(Math.max(...lines.map((line) => line.length)), label, 'label');
  const height = lines.length * lineHeight(label);
  const fits = { right: x + 10 + width <= plot.right, left: x - 10 - width >= plot.left };
  // Changing sides is worth it only where much would be covered, going away where a curve would.
  const beside = away.flatMap((sizes, i) => [
    { left: x + 10 + sizes * label, price: 2 * i },
    { left: x - 10 - width - sizes * label, price: 2 * i + (fits.right ? 4 : 0) },
  ]);
  const inside = beside.filter(({ left }) => left >= plot.left && left + width <= plot.right);
  const over = { left: Math.max(plot.left, Math.min(plot.right - width, x - width / 2)), price: 0 };
  const starts = inside.length > 0 ? inside : [over];
  const rows = Math.max(1, Math.floor((plot.bottom - plot.top - height) / (label * 0.6)));
  const cost = (box: Box): number =>
    room.taken.filter((one) => overlap(one, box)).length * 8 +
    // The name of the best possible is what one looks for.
    referenceLabels.filter((one) => one.isStrong && overlap(one, box)).length * 12 +
    flags.filter((flag) => flag.cloth && overlap(flag.cloth, box)).length * 8 +
    flags.filter((flag) => flag.isTitled && overlap(flag.words, box)).length * 3 +
    room.tracks.filter((track) => crosses(track, box)).length * 5 +
    room.rules.filter((rule) => rule > box.top && rule < box.bottom).length * 2;
  let best: { readonly box: Box; readonly cost: number } | undefined;
  for (const { left, price } of starts)
    for (let row = 0; row < rows; row++) {
      const top = plot.top + row * label * 0.6;
      const box = { left, right: left + width, top, bottom: top + height };
      const here = cost(box) + price;
      if (!best || here < best.cost) best = { box, cost: here };
    }
  return best!.box;
}

export function readLossCurve(
  layout: LossCurveLayout,
  at: number,
  words: ReadingWords,
  flags: readonly Standing[] = [],
): Reading {
  const { read, spoken, lines } = wordsAt(layout, at, words);
  const x = layout.x(at);
  const box = placeReading(layout, x, lines, flags);
  return {
    ...box,
    x,
    dots: read.map(({ hue, loss }) => ({ y: layout.y(loss), hue })),
    lines,
    spoken,
    anchor: box.right <= x ? 'end' : 'start',
  };
}

/** The place that a key of the playhead leads to; undefined for other keys, and `live` for that of the run itself. */
export function placeOfKey(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  at: number,
  xEnd: number,
  frames: readonly number[] | undefined,
): number | 'live' | undefined {
  if (key === 'l' || key === 'L') return 'live';
  const strides = Array.from({ length: 51 }, (_, i) => Math.round((xEnd * i) / 50));
  const places = frames && frames.length > 0 ? [...frames].sort((a, b) => a - b) : strides;
  const by = shiftKey ? 10 : 1;
  if (key === 'Home') return places[0];
  if (key === 'End') return places.at(-1);
  if (key === 'ArrowRight') {
    const next = places.findIndex((place) => place > at);
    return next < 0 ? at : places[Math.min(places.length - 1, next + by - 1)];
  }
  if (key === 'ArrowLeft') {
    const last = places.findLastIndex((place) => place < at);
    return last < 0 ? at : places[Math.max(0, last - by + 1)];
  }
  return undefined;
}
