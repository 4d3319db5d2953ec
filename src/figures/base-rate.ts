import { spread } from './labels.ts';
import { numericScale, type Tick, ticksOf } from './scales.ts';
import { percent, type Table } from './table.ts';
import { widthOf } from './text.ts';

/** Where a run stood: how many of the answers were yes, and what its loss was. */
export interface RatePoint {
  readonly step: number;
  /** 0 … 1. */
  readonly share: number;
  /** Nats a question. */
  readonly loss: number;
}

/** Nats a question of one who knows only that a share of the answers is yes. */
export type KnowingOnly = (share: number) => number;

/** A share with one digit behind the point: a few tenths matter here. */
export const shareText = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** One sentence that is true of the picture. */
export function describeBaseRate(points: readonly RatePoint[], knowingOnly: KnowingOnly): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return 'What is known by knowing only the share of fakes; no run is shown.';
  const said = ({ step, share, loss }: RatePoint) =>
    `at step ${step} ${shareText(share)} are replaced and the loss is ${loss.toFixed(3)}, against ${knowingOnly(share).toFixed(3)} of who knows only that`;
  return `A run of ${points.length} looks: ${said(first)}; ${said(last)}.`;
}

export const tabulateBaseRate = (points: readonly RatePoint[], knowingOnly: KnowingOnly): Table => ({
  columns: ['Step', 'Replaced', 'Knowing only that', 'Loss', 'Loss as a share of it'],
  rows: points.map(({ step, share, loss }) => [
    step,
    shareText(share),
    knowingOnly(share).toFixed(3),
    loss.toFixed(3),
    percent(Math.min(9.99, loss / knowingOnly(share))),
  ]),
});

/** A point with its label beside it. */
export interface PlacedPoint extends RatePoint {
  readonly x: number;
  readonly y: number;
  readonly label: { readonly x: number; readonly y: number; readonly text: string };
  /** Where the curve lies above or below it. */
  readonly curve: number;
}

export interface BaseRateLayout {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly curve: readonly (readonly [number, number])[];
  readonly points: readonly PlacedPoint[];
  /** Where the curve is named. */
  readonly name: { readonly x: number; readonly y: number };
  readonly label: number;
  readonly height: number;
}

/** The share that the axis ends at. */
const mostShare = 0.2;

export function layoutBaseRate(
  points: readonly RatePoint[],
  knowingOnly: KnowingOnly,
  width: number,
  size: number,
): BaseRateLayout {
  const label = Math.max(12, size);
  const height = Math.min(width * 0.8, label * 27);
  const plot = { left: label * 2.6, right: width - label * 1.5, top: label * 1.9, bottom: height - label * 3.4 };
  const most = Math.max(Math.LN2, ...points.map(({ loss }) => loss));
  const x = numericScale(false, [0, mostShare], [plot.left, plot.right]);
  const y = numericScale(false, [0, most], [plot.bottom, plot.top]);
  const steps = 60;
  const shares = Array.from({ length: steps + 1 }, (_, i) => (i * mostShare) / steps);
  const heights = spread(
    points.map(({ loss }) => y(loss)),
    label * 1.15,
    plot.top,
    plot.bottom - label * 0.4,
  );
  const text = (step: number) => `step ${step}`;
  const letters = Math.max(1, ...points.map(({ step }) => text(step).length));
  const right = Math.max(plot.left, ...points.map(({ share }) => x(share)));
  // The name of the curve stands left of it, and right of the axis.
  const named = Math.max(0.05, x.invert(plot.left + widthOf(13, label, 'label') + label));
  const labelAt = Math.min(right + label * 1.6, plot.right - widthOf(letters, label, 'label'));
  return {
    plot,
    xTicks: ticksOf(x, 4, label * 4, (value) => percent(value)),
    yTicks: ticksOf(y, 7, label * 1.8, (value) => value.toFixed(1)),
    curve: shares.map((share) => [x(share), y(knowingOnly(share))] as const),
    points: points.map((point, i) => ({
      ...point,
      x: x(point.share),
      y: y(point.loss),
      curve: y(knowingOnly(point.share)),
      label: { x: labelAt, y: heights[i]!, text: text(point.step) },
    })),
    name: { x: x(named), y: y(knowingOnly(named)) },
    label,
    height,
  };
}
