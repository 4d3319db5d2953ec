import { counted, listed, percent, type Table } from './table.ts';

/** A loss at a place on the horizontal axis: a step, a token, a second. */
export type Point = readonly [x: number, loss: number];

/** One run with one seed. */
export interface Trace {
  readonly training: readonly Point[];
  readonly heldOut?: readonly Point[];
}
/** One recipe, run with one or more seeds. */
export interface Series {
  readonly name: string;
  /** Which of the six hues. */
  readonly hue?: number;
  readonly traces: readonly Trace[];
  /** Not what learns here but something to hold it against: drawn as the reference lines are. */
  readonly guide?: boolean;
  /** A run made before, drawn pale behind the one that learns here. */
  readonly ghost?: boolean;
  /** Whether its name says what its losses are on: there are several of one run, and not all on held-out text. */
  readonly isNamed?: boolean;
}
/** A loss one gets without a model, or the best one can get with any; in the unit of the curve. */
export interface ReferenceLine {
  readonly name: string;
  readonly loss: number;
  /** Whether no reader can do better. */
  readonly best?: boolean;
}
/** From the plainest guess, at which nothing is learned, down to the best possible. */
export type References = readonly ReferenceLine[];

const finite = (points: readonly Point[]) =>
  points.every(([, loss]) => Number.isFinite(loss)) ? points : points.filter(([, loss]) => Number.isFinite(loss));
/** A step whose loss is no number is left out, as a gap in what was measured. */
export const finiteOnly = (series: Series): Series => ({
  ...series,
  traces: series.traces.map(({ training, heldOut }) => ({
    training: finite(training),
    heldOut: heldOut && finite(heldOut),
  })),
});

/** The stretches of a curve between its gaps. */
export function stretches(points: readonly Point[]): readonly (readonly Point[])[] {
  const found: Point[][] = [];
  let isOpen = false;
  for (const point of points) {
    const isThere = Number.isFinite(point[1]);
    if (isThere && isOpen) found.at(-1)!.push(point);
    else if (isThere) found.push([point]);
    isOpen = isThere;
  }
  return found;
}

/**
 * The share of what can be learned that is learned: 0 = as good as the first line, 1 = the best possible loss, the
 * lowest where there are several. Undefined where the best possible loss is not known.
 */
export function learnedShare(loss: number, references: References = []): number | undefined {
  const from = references[0]?.loss ?? Number.NaN;
  const to = Math.min(...references.flatMap((line) => (line.best ? [line.loss] : [])));
  return to < from ? Math.min(1, Math.max(0, (from - loss) / (from - to))) : undefined;
}

/**
 * Mean over `span` points to either side, twice, so that nearer ones count more. Before it has come so far it takes as
 * many as lie behind, so that it begins where the curve begins and does not lag; at the end it takes what there is.
 */
export function smooth(points: readonly Point[], span: number): readonly Point[] {
  const reach = Math.floor(span);
  const once = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(values.length + 1);
    for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!;
    return values.map((_, i) => {
      const half = Math.min(reach, i);
      const end = Math.min(values.length, i + half + 1);
      return (sums[end]! - sums[i - half]!) / (end - i + half);
    });
  };
  const means = once(once(Float64Array.from(points, ([, loss]) => loss)));
  return points.map(([x], i) => [x, means[i]!]);
}
export const spanOf = (points: readonly Point[]): number => Math.min(20, points.length / 20);

/**
 * What a screen can show of a curve: in each pixel column its first, lowest, highest and last point. The picture is the
 * same; ten thousand steps cost no more than a few hundred. `columnOf` gives the pixel of an x.
 */
export function decimate(points: readonly Point[], columnOf: (x: number) => number): readonly Point[] {
  const kept: Point[] = [];
  for (let at = 0; at < points.length; ) {
    const first = at;
    const column = Math.floor(columnOf(points[first]![0]));
    let [low, high] = [first, first];
    for (; at < points.length && Math.floor(columnOf(points[at]![0])) === column; at++) {
      if (points[at]![1] < points[low]![1]) low = at;
      if (points[at]![1] > points[high]![1]) high = at;
    }
    const [early, late] = low < high ? [low, high] : [high, low];
    const wanted = [first, early, late, at - 1];
    wanted.forEach((i, k) => {
      if (i !== wanted[k - 1]) kept.push(points[i]!);
    });
  }
  return kept;
}

/** The curve at `x`, linear between its points; undefined outside. */
export function valueAt(points: readonly Point[], x: number): number | undefined {
  if (points.length === 0 || x < points[0]![0] || x > points.at(-1)![0]) return undefined;
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] <= x) low = middle;
    else high = middle;
  }
  const [[x0, y0], [x1, y1]] = [points[low]!, points[high]!];
  return x1 === x0 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

/** What is drawn as the line of a run: its smoothed training loss, or its held-out points where no other is known. */
export function lineOf({ training, heldOut = [] }: Trace): readonly Point[] {
  const known = finite(training);
  return known.length > 0 ? smooth(known, spanOf(known)) : finite(heldOut);
}

/** Mean, lowest and highest over the seeds, where all of them have come. */
export interface Spread {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}
/** All places where some curve has a point; a hundred and twenty evenly apart where that would be more. */
export function knotsOf(curves: readonly (readonly Point[])[], most = 120): readonly number[] {
  const drawn = curves.filter((curve) => curve.length > 0);
  if (drawn.length === 0) return [];
  const from = Math.max(...drawn.map((curve) => curve[0]![0]));
  const to = Math.min(...drawn.map((curve) => curve.at(-1)![0]));
  const places = [...new Set(drawn.flatMap((curve) => curve.map(([x]) => x)))].filter((x) => x >= from && x <= to);
  if (places.length <= most) return places.sort((a, b) => a - b);
  return Array.from({ length: most + 1 }, (_, i) => from + ((to - from) * i) / most);
}
export function spreadOver(curves: readonly (readonly Point[])[]): readonly Spread[] {
  const drawn = curves.filter((curve) => curve.length > 0);
  return knotsOf(drawn).map((x) => {
    const values = drawn.map((curve) => valueAt(curve, x)!);
    return {
      x,
      mean: values.reduce((a, b) => a + b, 0) / values.length,
      low: Math.min(...values),
      high: Math.max(...values),
    };
  });
}

/** Where a series stands: on held-out text if measured there, else its smoothed training loss; mean over seeds. */
export interface Standing {
  readonly x: number;
  readonly loss: number;
  readonly heldOut: boolean;
}
/** `smoothed` are the smoothed training losses of its traces; undefined before the first step. */
export function standing({ traces }: Series, smoothed = traces.map(lineOf)): Standing | undefined {
  const measured = traces.every(({ heldOut }) => heldOut && heldOut.length > 0);
  const ends = traces
    .map(({ heldOut }, seed) => (measured ? heldOut!.at(-1) : smoothed[seed]!.at(-1)))
    .filter((end) => end !== undefined);
  if (ends.length === 0) return undefined;
  const mean = (k: 0 | 1) => ends.reduce((sum, end) => sum + end[k], 0) / ends.length;
  return { x: Math.round(mean(0)), loss: mean(1), heldOut: measured };
}

/** A series in words: `BERT: loss 3.02 at step 1,200, has learned 87 % of what can be learned`. */
export function describeSeries(
  series: Series,
  references: References | undefined,
  unit: string,
  now = standing(series),
): string {
  if (!now) return `${series.name}: not begun`;
  const learned = series.guide || series.isNamed ? undefined : learnedShare(now.loss, references);
  const seeds = series.traces.length > 1 ? ` (mean of ${series.traces.length} seeds)` : '';
  return (
    `${series.name}: ${now.heldOut && !series.isNamed ? 'held-out loss' : 'loss'} ${now.loss.toFixed(2)}${seeds} ` +
    `at ${unit} ${now.x.toLocaleString('en')}` +
    (learned === undefined ? '' : `, has learned ${percent(learned)} of what can be learned`)
  );
}

/** One sentence that is true of the chart. */
export function describeCurves(
  series: readonly Series[],
  references: References | undefined,
  unit: string,
  now = series.map((one) => standing(one)),
): string {
  if (now.every((one) => one === undefined)) return 'Loss chart, no step taken yet.';
  const lines = references?.length
    ? ` Reference lines: ${listed(references.map(({ name, loss }) => `${name} ${loss.toFixed(2)}`))}.`
    : '';
  const each = series.map((one, i) => describeSeries(one, references, unit, now[i]));
  return `Loss of ${counted(series.length, 'run')}. ${each.join('. ')}.${lines}`;
}

/** A row a held-out point, and one for every tenth part of the training curve. */
export const tabulateCurves = (series: readonly Series[], unit: string): Table => ({
  columns: ['Run', 'Seed', 'Kind', unit[0]!.toUpperCase() + unit.slice(1), 'Loss'],
  rows: series.map(finiteOnly).flatMap(({ name, traces, isNamed }) =>
    traces.flatMap(({ training, heldOut = [] }, seed) => {
      const smoothed = smooth(training, spanOf(training));
      const stride = Math.max(1, Math.floor(smoothed.length / 10));
      const sampled = smoothed.filter((_, i) => i % stride === 0 || i === smoothed.length - 1);
      const row =
        (kind: string) =>
        ([x, loss]: Point) => [name, seed + 1, kind, x, Number(loss.toFixed(3))];
      return [...sampled.map(row('training, smoothed')), ...heldOut.map(row(isNamed ? 'judged' : 'held out'))];
    }),
  ),
});
