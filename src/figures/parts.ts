import { percent, type Table } from './table.ts';

/** One part of a model and its numbers. */
export interface Part {
  readonly name: string;
  readonly count: number;
}
export const totalOf = (parts: readonly Part[]): number => parts.reduce((sum, part) => sum + part.count, 0);

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
    ? `${total.toLocaleString('en')} parameters in ${parts.length} parts; the largest is ${largest.name} with ${percent(largest.count / total)}.`
    : 'No parameters.';
}

export const tabulateParts = (parts: readonly Part[]): Table => ({
  columns: ['Part', 'Parameters', 'Share'],
  rows: parts.map(({ name, count }) => [name, count, percent(count / Math.max(1, totalOf(parts)))]),
});
