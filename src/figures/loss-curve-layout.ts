import { extent } from 'd3';
import { type Room, trackOf } from './boxes.ts';
import {
  decimate,
  finiteOnly,
  lineOf,
  type Point,
  type References,
  type Series,
  spreadOver,
  stretches,
  valueAt,
} from './curve.ts';
import { type EndLabel, type Label, labelEnds, labelReferences, labelTurns, type Named } from './loss-curve-labels.ts';
import { amongText, placeText } from './loss-words.ts';
import { categorical, palette } from './palette.ts';
import { bandPath, linePath, numericScale, type Scale, shortNumber, type Tick, ticksOf } from './scales.ts';
import { digitsOf, spreadText } from './spread.ts';
import { widthOf } from './text.ts';

export interface LossCurveOptions {
  readonly width: number;
  readonly height: number;
  readonly references: References;
  readonly xMax: number;
  readonly xLog: boolean;
  readonly yLog: boolean;
  readonly size: number;
  readonly turns: readonly { readonly x: number; readonly label: string }[];
  /** Whether a second axis tells how many answers a loss is like choosing among. */
  readonly among: boolean;
  /** Whether a line of words under the axis explains its marks. */
  readonly hasKey: boolean;
  /** Where the plot begins at least, so that two charts can stand under one another. */
  readonly left: number;
}
/** One series as it is drawn: one line where there is one seed; where there are several their mean, all, and a band. */
export interface Drawn {
  readonly name: string;
  readonly hue: string;
  readonly guide: boolean;
  readonly ghost: boolean;
  readonly isNamed: boolean;
  readonly raw: string;
  readonly line: string;
  readonly seeds: readonly string[];
  readonly band: string;
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  /** What can be read off: the line of one seed, or the mean over several. */
  readonly lossAt: (x: number) => number | undefined;
}
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export interface LossCurveLayout {
  readonly label: number;
  /** Low, as above a model that is unfolded; and narrow, as on a phone: both say less. */
  readonly isFolded: boolean;
  readonly isNarrow: boolean;
  readonly plot: Plot;
  readonly xEnd: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  /** With `among` where the second axis is drawn. */
  readonly yTicks: readonly (Tick & { readonly among?: string })[];
  /** Right edge of the numbers of the first axis. */
  readonly natsAt: number;
  readonly lines: readonly { readonly y: number; readonly best: boolean; readonly dash: string }[];
  readonly turns: readonly number[];
  readonly drawn: readonly Drawn[];
  readonly referenceLabels: readonly Label[];
  readonly endLabels: readonly EndLabel[];
  readonly turnLabels: readonly Label[];
  /** What stands in the plot already: flags and the reading keep off it. */
  readonly room: Room;
}

/** From a row of dots to long dashes; the best possible is a line. */
const dashes = ['2 4', '6 4', '10 4', '14 4'];
const hueOf = (one: Series, i: number) =>
  one.guide ? palette.inkSoft : categorical[(one.hue ?? i) % categorical.length]!;

/** The vertical scale, with so many pixels of air above and below what is drawn that words fit there. */
function heightScale(known: readonly number[], log: boolean, plot: Plot, above: number, below: number): Scale {
  const [low = 0, high = 1] = extent(known) as [number?, number?];
  const inner = plot.bottom - plot.top - above - below;
  const range: readonly [number, number] = [plot.bottom, plot.top];
  if (!log) {
    const pixel = (high - low || 1) / inner;
    return numericScale(false, [low - pixel * below, high + pixel * above], range);
  }
  const from = Math.max(1e-4, low);
  const pixel = (Math.log(Math.max(from, high) / from) || 1) / inner;
  return numericScale(true, [from * Math.exp(-pixel * below), Math.max(from, high) * Math.exp(pixel * above)], range);
}

/** Everything of a loss chart but flags and the place that is read off: what stands where, in CSS pixels. */
export function layoutLossCurve(given: readonly Series[], options: LossCurveOptions): LossCurveLayout {
  const { width, height, references, xLog, yLog } = options;
  const series = given.map(finiteOnly);
  const curves = series.map(({ traces }) => traces.map(lineOf));
  const label = Math.max(12, options.size);
  const isFolded = height < label * 11;
  const isNarrow = width < 480;

  const top = isFolded ? label * 0.6 : label * 1.6;
  const bottom = height - label * 1.1 - 14 - (options.hasKey ? label * 1.25 : 0);
  /** Single wild steps may leave the chart; the lines, the held-out points and the references decide. */
  const known = [
    ...curves.flatMap((some) => some.flatMap((curve) => curve.map(([, loss]) => loss))),
    ...series.flatMap(({ traces }) => traces.flatMap(({ heldOut = [] }) => heldOut.map(([, loss]) => loss))),
    ...references.map(({ loss }) => loss),
  ];
  const upright = { left: 0, right: width, top, bottom };
  const y = heightScale(known, yLog, upright, isFolded ? 4 : label * 0.6, isFolded ? 5 : label * 1.5);
  const isAmong = options.among && !isFolded && !isNarrow;
  const ticks = ticksOf(y, yLog ? 10 : (bottom - top) / (isFolded ? 26 : 40), label * 1.4);
  // The air below may reach under 0, which no loss does.
  const yTicks = ticks
    .filter((tick) => yLog || y.invert(tick.at) > -1e-9)
    .map((tick) => ({
      ...tick,
      among: isAmong ? amongText(y.invert(tick.at)) : undefined,
    }));
  const widest = (texts: readonly string[]) => widthOf(Math.max(0, ...texts.map((t) => t.length)), label, 'label');
  // The head of a column wants room as well.
  const amongWidth = isAmong ? Math.max(label * 3.4, widest(yTicks.map((tick) => tick.among ?? '')) + 12) : 0;
  const left = Math.max(
    options.left,
    12 + widest([...yTicks.map((tick) => tick.label), isAmong ? 'nats' : '']) + amongWidth,
  );
  const right = width - 10;
  const plot = { left, right, top, bottom };

  const xEnd = Math.max(options.xMax, 1, ...curves.flatMap((some) => some.map((curve) => curve.at(-1)?.[0] ?? 0)));
  const x = numericScale(xLog, [xLog ? 1 : 0, xEnd], [plot.left, plot.right]);
  const pieces = given.map((one, i) => drawSeries(one, hueOf(one, i), curves[i]!, x, y));

  const room: Room = {
    within: { ...plot, left: left + 4, right: right - 3 },
    taken: [],
    rules: references.map(({ loss }) => y(loss)),
    tracks: pieces.flatMap(({ tracks }) => tracks.map((points) => trackOf(points, plot.left, plot.right))),
  };
  const isShort = isFolded || isNarrow;
  const words = { label, among: isAmong, isShort, mayCross: !isFolded };
  return {
    label,
    isFolded,
    isNarrow,
    plot,
    xEnd,
    x,
    y,
    xTicks: ticksOf(x, (right - left) / 90, label * 3.8, (at) => placeText(at, shortNumber)),
    yTicks,
    natsAt: left - amongWidth - 6,
    lines: references.map(({ loss, best = false }, i) => ({ y: y(loss), best, dash: dashes[i % dashes.length]! })),
    turns: options.turns.map((turn) => x(turn.x)),
    drawn: pieces.map(({ drawn }) => drawn),
    // In this order: where there is no room for all, what comes first stays.
    referenceLabels: labelReferences(room, references, y, words),
    endLabels: labelEnds(room, namesOf(given, pieces, isShort), label),
    turnLabels: labelTurns(
      room,
      options.turns.map((turn) => ({ ...turn, x: x(turn.x) })),
      label,
    ),
    room,
  };
}

type Pixels = readonly (readonly [x: number, y: number])[];
interface Piece {
  readonly drawn: Drawn;
  /** The lines that words keep off; the first is the one that bears the name. */
  readonly tracks: readonly Pixels[];
  readonly ends: readonly number[];
}
function drawSeries(one: Series, hue: string, curves: readonly (readonly Point[])[], x: Scale, y: Scale): Piece {
  const pixels = (points: readonly Point[]): Pixels => decimate(points, x).map(([at, loss]) => [x(at), y(loss)]);
  const pathOf = (points: readonly Point[]) => linePath(pixels(points));
  /** Between two gaps; a step alone is a short dash. */
  const piecePath = (points: readonly Point[]) => {
    const [[at, loss]] = points as [Point];
    return points.length === 1 ? `M${x(at) - 1},${y(loss)}h2` : pathOf(points);
  };
  /** Held-out points alone are joined, but not across a gap. */
  const tracePath = ({ training, heldOut = [] }: Series['traces'][number], curve: readonly Point[]) =>
    training.length > 0 ? pathOf(curve) : stretches(heldOut).map(piecePath).join('');
  const isSingle = curves.length === 1;
  const seeds = isSingle ? [] : spreadOver(curves);
  const mean = isSingle ? curves[0]! : seeds.map((some): Point => [some.x, some.mean]);
  const heldOut = finiteOnly(one).traces.flatMap((trace) => trace.heldOut ?? []);
  // Of several seeds the points of the mean: those of all would hide the band.
  const points = isSingle ? heldOut : mean.filter(([at]) => heldOut.some(([place]) => place === at));
  return {
    drawn: {
      name: one.name,
      hue,
      guide: one.guide ?? false,
      ghost: one.ghost ?? false,
      isNamed: one.isNamed ?? false,
      raw: isSingle ? stretches(one.traces[0]!.training).map(piecePath).join('') : '',
      line: isSingle ? tracePath(one.traces[0]!, mean) : pathOf(mean),
      seeds: isSingle ? [] : one.traces.map((trace, i) => tracePath(trace, curves[i]!)),
      band: bandPath(
        seeds.map((some) => [x(some.x), y(some.low)]),
        seeds.map((some) => [x(some.x), y(some.high)]),
      ),
      dots: points.map(([at, loss]) => ({ x: x(at), y: y(loss) })),
      lossAt: (at) => valueAt(mean, at),
    },
    tracks: [mean, ...(['low', 'high'] as const).map((edge) => seeds.map((some): Point => [some.x, some[edge]]))].map(
      pixels,
    ),
    ends: curves.flatMap((curve) => curve.at(-1)?.[1] ?? []),
  };
}

/** A curve says its name where there are several to tell apart; one of the past always does. */
function namesOf(series: readonly Series[], pieces: readonly Piece[], isShort: boolean): readonly Named[] {
  const drawn = series.filter(({ ghost }, i) => !ghost && pieces[i]!.ends.length > 0);
  const digits = digitsOf(pieces.map(({ ends }) => ends));
  return pieces.flatMap(({ drawn: { name, hue, guide, ghost }, tracks, ends }) => {
    if (!ghost && drawn.length < 2) return [];
    const spread = ends.length > 1 && !isShort ? ` ${spreadText(ends, digits)}` : '';
    return [{ text: name + spread, hue, isGhost: ghost, isStrong: !ghost && !guide, line: tracks[0]! }];
  });
}
