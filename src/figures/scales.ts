import { ticks } from 'd3';

export interface Tick {
  /** Where it lies, in CSS pixels. */
  readonly at: number;
  readonly label: string;
}

/** From a value to its place in CSS pixels, and back. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  invert(place: number): number;
  /** About so many round values. */
  ticks(count: number): readonly number[];
}

const clamp = (value: number, [from, to]: readonly [number, number]) =>
  Math.max(Math.min(from, to), Math.min(Math.max(from, to), value));

/** From one stretch to another, in proportion; never leaves the second. */
function mapped(value: number, from: readonly [number, number], to: readonly [number, number]): number {
  const share = from[1] === from[0] ? 0.5 : (clamp(value, from) - from[0]) / (from[1] - from[0]);
  return to[0] * (1 - share) + to[1] * share;
}

/** Over few decades 1, 2 … 9 of each, over many only some powers of ten; as d3's scaleLog has them. */
function decadeTicks([low, high]: readonly [number, number], count: number): readonly number[] {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const power = (exponent: number) => (exponent < 0 ? 1 / 10 ** -exponent : 10 ** exponent);
  if (to - from >= count) return ticks(from, to, Math.min(to - from, count)).map(power);
  const [first, last] = [Math.floor(from), Math.ceil(to)];
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((exponent) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => (exponent < 0 ? k / 10 ** -exponent : k * 10 ** exponent)),
  );
  const inside = all.filter((value) => value >= low && value <= high);
  return inside.length * 2 < count ? ticks(low, high, count) : inside;
}

/**
 * A linear or logarithmic scale that never leaves its range. Not d3's own: with colours, dates and formats of which no
 * chart here makes use, those weigh as much as a whole figure, and every page with a chart would load them.
 */
export function numericScale(log: boolean, domain: readonly [number, number], range: readonly [number, number]): Scale {
  const ends: readonly [number, number] = log ? [Math.log(domain[0]), Math.log(domain[1])] : domain;
  return Object.assign((value: number) => mapped(log ? Math.log(value) : value, ends, range), {
    domain,
    invert: (place: number) => (log ? Math.exp : Number)(mapped(place, range, ends)),
    ticks: (count: number) => (log ? decadeTicks(domain, count) : ticks(domain[0], domain[1], count)),
  });
}

/** About `count` round ticks, leaving out those whose labels would come nearer than `room` to the one before. */
export function ticksOf(
  scale: Scale,
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

const prefixes = ['', 'k', 'M', 'G', 'T'];

/** `1200` → `1.2k`. */
export function shortNumber(value: number): string {
  const group = Math.max(0, Math.min(prefixes.length - 1, Math.floor(Math.log10(Math.abs(value)) / 3)));
  return `${Number((value / 1000 ** group).toPrecision(6))}${prefixes[group]}`;
}

type Place = readonly [x: number, y: number];
const rounded = (places: readonly Place[]) => places.map((place) => place.map((at) => Math.round(at * 1000) / 1000));

/** The path of a line through places, in CSS pixels; empty without any. */
export const linePath = (places: readonly Place[]): string =>
  places.length > 0 ? `M${rounded(places).join('L')}${places.length === 1 ? 'Z' : ''}` : '';

/** What lies between two lines over the same places. */
export const bandPath = (low: readonly Place[], high: readonly Place[]): string =>
  low.length > 0 ? `M${rounded(high).join('L')}L${rounded([...low].reverse()).join('L')}Z` : '';
