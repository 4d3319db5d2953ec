import { boxOf, firstThatFits, type PlacedText, within } from './placed-text.ts';
import type { Column } from './strips.ts';
import { percent } from './table.ts';

/** Threads of one thickness, as one path. */
export interface Threads {
  readonly d: string;
  readonly thickness: number;
  /** The share that their colour stands for. */
  readonly share: number;
}

/** A share below this draws no thread, and one below that bears no number. */
export const least = { thread: 0.012, number: 0.05 } as const;

const middle = ({ x, width }: Column): number => x + width / 2;
const round = (x: number): number => Math.round(x * 10) / 10;

/** A thread from a key above to the query below: it leaves and arrives upright. */
const threadPath = (from: number, to: number, top: number, bottom: number): string => {
  const bend = (bottom - top) * 0.62;
  return `M${round(from)},${round(top)}C${round(from)},${round(top + bend)} ${round(to)},${round(bottom - bend)} ${round(to)},${round(bottom)}`;
};

/** From each key to the query, thin ones first; those of one thickness, in steps of half a pixel, share a path. */
export function threadsOf(
  shares: readonly number[],
  keys: readonly Column[],
  query: Column,
  span: { readonly top: number; readonly bottom: number; readonly thickest: number },
): readonly Threads[] {
  const groups = new Map<number, { d: string; share: number }>();
  shares.forEach((share, j) => {
    const key = keys[j];
    if (!key || share < least.thread) return;
    const thickness = Math.round(2 * (1 + (span.thickest - 1) * share)) / 2;
    const group = groups.get(thickness) ?? { d: '', share: 0 };
    group.d += threadPath(middle(key), middle(query), span.top, span.bottom);
    group.share = Math.max(group.share, share);
    groups.set(thickness, group);
  });
  return [...groups]
    .map(([thickness, { d, share }]) => ({ d, thickness, share }))
    .sort((a, b) => a.thickness - b.thickness);
}

/**
 * Numbers over the threads' upper ends, larger shares first: what would touch one that stands already is said more
 * shortly or left out. With `names` a number has its token before it, where there is room.
 */
export function threadLabels(
  shares: readonly number[],
  keys: readonly Column[],
  at: { readonly y: number; readonly size: number; readonly from: number; readonly to: number },
  names?: readonly string[],
): readonly PlacedText[] {
  const placed: PlacedText[] = [];
  const order = shares.map((share, j) => ({ share, j })).filter(({ share }) => share >= least.number);
  for (const { share, j } of order.sort((a, b) => b.share - a.share)) {
    const key = keys[j];
    if (!key) continue;
    const number = { x: middle(key), y: at.y, size: at.size, anchor: 'middle', bold: share >= 0.15 } as const;
    const texts = [percent(share), `${Math.round(share * 100)}`];
    const named = names ? [`${names[j]} ${texts[0]}`, ...texts] : texts;
    const ways = named.map((text) => within({ ...number, text }, at.from, at.to));
    const way = firstThatFits(ways, placed.map(boxOf), 4);
    if (way) placed.push(way);
  }
  return placed;
}
