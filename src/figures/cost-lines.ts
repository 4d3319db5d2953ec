import { spread } from './labels.ts';
import { numericScale, shortNumber, type Tick, ticksOf } from './scales.ts';
import { listed, type Table } from './table.ts';
import { lettersIn, widthOf, wrap } from './text.ts';

/** What something costs as a size grows. */
export interface CostLine {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Costs {
  readonly lines: readonly CostLine[];
  /** What grows, with its unit: `tokens of a text`. */
  readonly across: string;
  /** What it costs, with its unit: `milliseconds a step`. */
  readonly unit: string;
  /** Whether both axes are logarithmic: then a power of x is a straight line. */
  readonly log: boolean;
  /** The size that is spoken of. */
  readonly at?: number;
}

/** Three figures are told. */
export const costText = (y: number): string =>
  Math.abs(y) >= 1000 ? shortNumber(Number(y.toPrecision(3))) : String(Number(y.toPrecision(3)));

const yAt = ({ points }: CostLine, x: number): number | undefined => points.find((point) => point.x === x)?.y;
const sizesIn = ({ lines }: Costs): readonly number[] =>
  [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);

/** Every line at one size: `full 3847, in blocks 544`. */
export const costsAt = ({ lines }: Costs, x: number): string =>
  listed(lines.flatMap((line) => (yAt(line, x) === undefined ? [] : [`${line.name} ${costText(yAt(line, x)!)}`])));

/** One sentence that is true of the lines. */
export function describeCosts(costs: Costs): string {
  const sizes = sizesIn(costs);
  if (sizes.length === 0) return 'Nothing is drawn.';
  const ends = sizes.length > 1 ? [sizes[0]!, sizes.at(-1)!] : [sizes[0]!];
  const said = ends.map((x) => `at ${x.toLocaleString('en')}: ${costsAt(costs, x)}`).join('; ');
  const scales = costs.log ? ', both axes logarithmic' : '';
  return `${costs.unit} by ${costs.across}${scales}; ${said}.`;
}

export const tabulateCosts = (costs: Costs): Table => ({
  columns: [costs.across, ...costs.lines.map(({ name }) => `${name} (${costs.unit})`)],
  rows: sizesIn(costs).map((x) => [x, ...costs.lines.map((line) => yAt(line, x) ?? '')]),
});

type Place = readonly [x: number, y: number];

export interface CostLayout {
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly tracks: readonly (readonly Place[])[];
  /** Names at the ends of their lines, in lines of words; none where they stand below. */
  readonly names: readonly { readonly x: number; readonly y: number; readonly words: readonly string[] }[];
  /** Where the size that is spoken of lies. */
  readonly at?: number;
  /** What each line costs there, and the baseline of the words: they do not touch. */
  readonly costs: readonly { readonly y: number; readonly text: string; readonly line: number }[];
}

/** Names stand at the right ends of the lines; on a phone below the plot, one a row. */
export function layoutCosts(costs: Costs, width: number, size: number): CostLayout {
  const { lines, log } = costs;
  const type = Math.max(12, size * 0.9);
  const isNarrow = width < 480;
  const most = Math.max(1, ...lines.map(({ name }) => name.length));
  /** Half of the last number of the axis stands to the right of the plot. */
  const last = Math.max(0, ...sizesIn(costs)).toLocaleString('en').length;
  const room = isNarrow
    ? Math.max(type * 0.6, widthOf(last, type, 'label') / 2 + 2)
    : Math.min(width * 0.28, widthOf(most, type, 'label')) + type;
  const values = lines.flatMap(({ points }) => points);
  const ys = values.map(({ y }) => y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const left = widthOf(5, type, 'label') + 6;
  const top = type * 2.2;
  const bottom = top + Math.min(size * 17, Math.max(size * 12, width * 0.42));
  const right = width - room;
  const xs = values.map(({ x }) => x);
  const x = numericScale(log, [Math.min(...xs), Math.max(...xs)], [left, right]);
  const y = numericScale(log, log ? [low / 1.15, high * 1.15] : [0, high * 1.05], [bottom, top]);
  const sizes = sizesIn(costs);
  const xTicks: Tick[] = [];
  for (const value of sizes) {
    const label = value.toLocaleString('en');
    const before = xTicks.at(-1);
    const apart = widthOf(label.length + 1, type, 'label');
    if (!before || x(value) - before.at >= apart) xTicks.push({ at: x(value), label });
  }
  const tracks = lines.map(({ points }) => points.map((point): Place => [x(point.x), y(point.y)]));
  const ends = tracks.map((track) => track.at(-1)?.[1] ?? bottom);
  // The longest name fits, whatever rounding makes of it.
  const letters = lettersIn(room - type + 0.01, type, 'label');
  const words = lines.map(({ name }) => wrap(name, letters, 2));
  const deepest = Math.max(1, ...words.map((some) => some.length));
  const heights = spread(ends, type * 1.3 * deepest, top, bottom);
  const met = lines.flatMap((line, i) => {
    const cost = costs.at === undefined ? undefined : yAt(line, costs.at);
    return cost === undefined ? [] : [{ line: i, text: costText(cost), at: y(cost) - 8 }];
  });
  const baselines = spread(
    met.map((one) => one.at),
    type * 1.15,
    type,
    bottom - 4,
  );
  return {
    type,
    left,
    right,
    top,
    bottom,
    height: bottom + type * 3.2 + (isNarrow ? lines.length * type * 1.5 : 0),
    xTicks,
    yTicks: ticksOf(y, 6, type * 1.6, (value) => shortNumber(value)).map((tick) => ({ ...tick, at: tick.at })),
    tracks,
    names: isNarrow ? [] : lines.map((_, i) => ({ x: right + type * 0.7, y: heights[i]!, words: words[i]! })),
    at: costs.at === undefined ? undefined : x(costs.at),
    costs: met.map(({ line, text }, i) => ({ line, text, y: baselines[i]! })),
  };
}
