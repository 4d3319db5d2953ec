import { flatten, type Spec, sizeOf } from '../core/params.ts';
import { percent, type Table } from './table.ts';

/** One part of a model and its numbers. */
export interface Part {
  readonly name: string;
  readonly count: number;
}
export const totalOf = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + part.count, 0);

/** A weight's part: its name without what is inside it; layers are counted from 1. */
function partOf(name: string): string {
  const layer = name.match(/^(.*?layers?)\.(\d+)\./);
  if (layer) return `${layer[1]} ${Number(layer[2]) + 1}`;
  return name
    .split('.')
    .slice(0, name.startsWith('cls') ? 3 : 4)
    .join('.')
    .replace(/\.(weight|bias)$/, '');
}

/** The numbers of a model by part. Of several networks each keeps its own: `generator: electra.encoder.layer 1`. */
export function partsOf(specs: Readonly<Record<string, Spec>>): readonly Part[] {
  const networks = Object.entries(specs);
  const sums = new Map<string, number>();
  for (const [network, spec] of networks)
    for (const [weight, { shape }] of flatten(spec)) {
      const name = networks.length > 1 ? `${network}: ${partOf(weight)}` : partOf(weight);
      sums.set(name, (sums.get(name) ?? 0) + sizeOf(shape));
    }
  return [...sums].map(([name, count]) => ({ name, count }));
}

/** `1.23 M`, `12.3 k`, `987`. */
export function countText(n: number): string {
  const digits = (x: number) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));
  if (n >= 999_500) return `${digits(n / 1e6)} M`;
  return n >= 10_000 ? `${digits(n / 1e3)} k` : n.toLocaleString('en');
}

/** One sentence that is true of the parts. */
export function describeParts(parts: readonly Part[]): string {
  const total = totalOf(parts);
  const largest = parts.reduce<Part | undefined>(
    (best, part) => (best && best.count >= part.count ? best : part),
    undefined,
  );
  return largest && total > 0
    ? `${total.toLocaleString('en')} parameters in ${parts.length} parts; ` +
        `the largest is ${largest.name} with ${percent(largest.count / total)}.`
    : 'No parameters.';
}

export const tabulateParts = (parts: readonly Part[]): Table => ({
  columns: ['Part', 'Parameters', 'Share'],
  rows: parts.map(({ name, count }) => [name, count, percent(count / Math.max(1, totalOf(parts)))]),
});
