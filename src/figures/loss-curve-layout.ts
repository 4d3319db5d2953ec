import { area, extent, line, type ScaleContinuousNumeric } from 'd3';
import {
  decimate,
  describeCurves,
  describeSeries,
  finiteOnly,
  type Point,
  type References,
  type Series,
  type Spread,
  smooth,
  spanOf,
  spreadOver,
  standing,
  stretches,
  valueAt,
} from './curve.ts';
import { spread } from './labels.ts';
import { categorical, palette } from './palette.ts';
import { numericScale, shortNumber, type Tick, ticksOf } from './scales.ts';
import { clip, lettersIn, widthOf, wrap } from './text.ts';

export interface LossCurveOptions {
  readonly width: number;
  readonly height: number;
  readonly references: References;
  readonly unit: string;
  readonly xMax: number;
  readonly xLog: boolean;
  readonly yLog: boolean;
  readonly size: number;
  readonly turns: readonly { readonly x: number; readonly label: string }[];
}
/** One series as it is drawn: paths where there is one seed, a band and its mean where there are several. */
export interface Drawn {
  readonly name: string;
  readonly hue: string;
  readonly guide: boolean;
  readonly raw: string;
  readonly smoothed: string;
  readonly band: string;
  readonly mean: string;
  readonly heldOut: readonly { readonly x: number; readonly y: number }[];
  /** What can be read off: the smoothed loss of one seed, or the mean over several. */
  readonly lossAt: (x: number) => number | undefined;
}
/** Words at the right, and the thin line that leads to them from where the curve or the reference ends. */
export interface EndLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly strong: boolean;
  readonly color: string;
  readonly leader: string;
  /** Whether the curve ends before the right edge, so that the leader crosses the chart. */
  readonly long: boolean;
}
type Scale = ScaleContinuousNumeric<number, number, never>;
export interface LossCurveLayout {
  readonly label: number;
  readonly legend: readonly { readonly label: string; readonly color: string }[];
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly height: number;
  readonly xEnd: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly lines: readonly {
    readonly name: string;
    readonly y: number;
    readonly best: boolean;
    readonly dash: string;
  }[];
  readonly turns: readonly { readonly x: number; readonly text: string }[];
  readonly drawn: readonly Drawn[];
  readonly ends: readonly EndLabel[];
  readonly summary: string;
}

/** From a row of dots to long dashes; the best possible is a line. */
const dashes = ['2 4', '6 4', '10 4', '14 4'];

/** The least and the greatest of what is known; a chart of nothing runs from 0 to 1. */
function extentOf(values: readonly (number | undefined)[]): readonly [number, number] {
  const [low, high] = extent(values.filter((value) => value !== undefined));
  return low === undefined || high === undefined ? [0, 1] : [low, high];
}
const hueOf = (one: Series, i: number) =>
  one.guide ? palette.inkSoft : categorical[(one.hue ?? i) % categorical.length]!;

const endOf = (series: readonly Series[], xMax: number): number =>
  Math.max(
    xMax,
    1,
    ...series.flatMap(({ traces }) =>
      traces.flatMap(({ training, heldOut = [] }) => [training.at(-1)?.[0] ?? 0, heldOut.at(-1)?.[0] ?? 0]),
    ),
  );

/** Everything of a loss chart but the place that is read off: what stands where, in CSS pixels. */
export function layoutLossCurve(given: readonly Series[], options: LossCurveOptions): LossCurveLayout {
  const { width, height, references, unit, xLog, yLog, size } = options;
  const series = given.map(finiteOnly);
  const curves = series.map(({ traces }) => traces.map(({ training }) => smooth(training, spanOf(training))));
  const standings = series.map((one, i) => standing(one, curves[i]));

  const label = Math.max(12, size);
  const legend = series.flatMap((one, i) =>
    wrap(describeSeries(one, references, unit, standings[i]), lettersIn(width - label * 2, label, 'text'), 3).map(
      (text, k) => ({ label: text, color: k === 0 ? hueOf(one, i) : 'none' }),
    ),
  );
  const top = legend.length * label * 1.45 + label * 2.6;
  const named = [
    ...references,
    ...series.flatMap(({ name }, i) => (standings[i] ? [{ name, loss: standings[i].loss }] : [])),
  ];
  const texts = named.map(({ name, loss }) => (width < 480 ? name : `${name} ${loss.toFixed(2)}`));
  /** Room for the labels at the ends of the lines: as much as the longest needs, at most a third. */
  const tail = Math.min(
    width / 3,
    widthOf(Math.max(0, ...texts.map((text) => text.length)), label, 'label') + label * 1.4,
  );
  const letters = lettersIn(tail - label * 1.25, label, 'label');
  const plot = { left: label * 3.2, right: width - tail, top, bottom: top + height - label * 4 };

  const xEnd = endOf(series, options.xMax);
  /** Single wild steps may leave the chart; the smoothed curves, the held-out points and the lines decide. */
  const [lowest, highest] = extentOf([
    ...curves.flatMap((some) => some.flatMap((curve) => extent(curve, ([, loss]) => loss))),
    ...series.flatMap(({ traces }) => traces.flatMap(({ heldOut = [] }) => extent(heldOut, ([, loss]) => loss))),
    ...references.map(({ loss }) => loss),
  ]);
  const margin = (highest - lowest || 1) * 0.06;
  const x = numericScale(xLog, [xLog ? 1 : 0, xEnd], [plot.left, plot.right]);
  const y = numericScale(
    yLog,
    yLog ? [Math.max(1e-4, lowest * 0.93), highest * 1.05] : [Math.max(0, lowest - margin), highest + margin],
    [plot.bottom, plot.top],
  );

  const drawn = given.map((one, i) => drawSeries(one, hueOf(one, i), curves[i]!, x, y));
  const wanted = [
    ...references.map(({ loss, best = false }) => ({
      y: y(loss),
      color: palette.inkSoft,
      strong: best,
      from: plot.right,
    })),
    ...drawn.flatMap(({ hue: color }, i) => {
      const end = standings[i];
      return end ? [{ y: y(end.loss), color, strong: true, from: Math.min(plot.right, x(end.x)) }] : [];
    }),
  ];
  const heights = spread(
    wanted.map((one) => one.y),
    label * 1.2,
    plot.top + label * 0.3,
    plot.bottom,
  );
  return {
    label,
    legend,
    plot,
    height: plot.bottom + label * 3.6,
    xEnd,
    x,
    y,
    xTicks: ticksOf(x, (plot.right - plot.left) / 90, label * 3.2, shortNumber),
    yTicks: ticksOf(y, yLog ? 10 : (plot.bottom - plot.top) / 50, label * 1.5),
    lines: references.map(({ name, loss, best = false }, i) => ({
      name,
      y: y(loss),
      best,
      dash: dashes[i % dashes.length]!,
    })),
    turns: options.turns.map((turn) => ({
      x: x(turn.x),
      text: clip(turn.label, lettersIn(plot.right - x(turn.x), label, 'text')),
    })),
    drawn,
    ends: wanted.map(({ y: from, color, strong, from: start }, i) => ({
      text: clip(texts[i]!, letters),
      x: plot.right + label * 1.25,
      y: heights[i]! + label * 0.34,
      strong,
      color,
      leader: `M${start},${from}L${plot.right + 4},${from}L${plot.right + label},${heights[i]}`,
      long: start < plot.right - 1,
    })),
    summary: describeCurves(series, references, unit, standings),
  };
}

function drawSeries(one: Series, hue: string, curves: readonly (readonly Point[])[], x: Scale, y: Scale): Drawn {
  const path = line<Point>(
    ([at]) => x(at),
    ([, loss]) => y(loss),
  );
  /** Between two gaps; a step alone is a short dash. */
  const rawPath = (points: readonly Point[]) => {
    const [[at, loss]] = points as [Point];
    return points.length === 1 ? `M${x(at) - 1},${y(loss)}h2` : (path(decimate(points, x)) ?? '');
  };
  const [curve] = curves;
  const single = curves.length === 1 && curve ? curve : undefined;
  const seeds = curves.length > 1 ? spreadOver(curves) : [];
  return {
    name: one.name,
    hue,
    guide: one.guide ?? false,
    raw: single ? stretches(one.traces[0]!.training).map(rawPath).join('') : '',
    smoothed: single ? (path(decimate(single, x)) ?? '') : '',
    band:
      area<Spread>(
        ({ x: at }) => x(at),
        ({ low }) => y(low),
        ({ high }) => y(high),
      )(seeds) ?? '',
    mean:
      line<Spread>(
        ({ x: at }) => x(at),
        ({ mean }) => y(mean),
      )(seeds) ?? '',
    heldOut: finiteOnly(one).traces.flatMap(({ heldOut = [] }) =>
      heldOut.map(([at, loss]) => ({ x: x(at), y: y(loss) })),
    ),
    lossAt: (at) => (single ? valueAt(single, at) : seeds.find((some) => some.x >= at)?.mean),
  };
}
