import { format, type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3';

export interface Tick {
  /** Where it lies, in CSS pixels. */
  readonly at: number;
  readonly label: string;
}

/** A linear or logarithmic scale that never leaves its range. */
export function numericScale(
  log: boolean,
  domain: readonly [number, number],
  range: readonly [number, number],
): ScaleContinuousNumeric<number, number, never> {
  const scale = log ? scaleLog<number, number>() : scaleLinear<number, number>();
  return scale.domain(domain).range(range).clamp(true) as ScaleContinuousNumeric<number, number, never>;
}

/** About `count` round ticks, leaving out those whose labels would come nearer than `room` to the one before. */
export function ticksOf(
  scale: ScaleContinuousNumeric<number, number, never>,
  count: number,
  room: number,
  labelOf: (value: number) => string = String,
): readonly Tick[] {
  const kept: Tick[] = [];
  for (const value of scale.ticks(Math.max(2, count))) {
    const last = kept.at(-1);
    if (!last || Math.abs(scale(value) - last.at) >= room) kept.push({ at: scale(value), label: labelOf(value) });
  }
  return kept;
}

/** `1200` → `1.2k`. */
export const shortNumber = format('~s');
