import { type Pattern, union } from '../core/pattern.ts';
import type { Manner, Reach } from '../figures/reach.ts';

/** A text that is read segment by segment, with so much of what was read before kept. */
export interface Segments {
  readonly tokens: number;
  readonly segment: number;
  readonly memory: number;
}

const startOf = (i: number, { segment }: Segments): number => Math.floor(i / segment) * segment;

/** Key j is open to query i in its own segment up to itself, and in the memory before it. Dai et al. 2019, §3.2. */
export const isOpen = (i: number, j: number, segments: Segments): boolean =>
  j <= i && j >= startOf(i, segments) - segments.memory;

/** Stronger manners stand over weaker ones. */
const order: readonly (Manner | undefined)[] = [undefined, 'relay', 'read', 'gradient'];
const stronger = (a: Manner | undefined, b: Manner | undefined) => (order.indexOf(a) >= order.indexOf(b) ? a : b);

/**
 * How the answer of place `from` after so many layers takes part of each state below it. States of earlier segments
 * are kept values: what stands there is read, but no gradient goes on from it.
 */
export function reachWithMemory(segments: Segments, layers: number, from: number): readonly (Manner | undefined)[][] {
  const { tokens } = segments;
  const places = Array.from({ length: tokens }, (_, i) => i);
  const rows: (Manner | undefined)[][] = [places.map((i) => (i === from ? 'gradient' : undefined))];
  for (let layer = layers; layer > 0; layer--) {
    const above = rows[0]!;
    const below: (Manner | undefined)[] = places.map(() => undefined);
    above.forEach((manner, i) => {
      if (!manner) return;
      for (let j = Math.max(0, startOf(i, segments) - segments.memory); j <= i; j++) {
        const isOwn = j >= startOf(i, segments);
        below[j] = stronger(below[j], manner !== 'gradient' ? 'relay' : isOwn ? 'gradient' : 'read');
      }
    });
    rows.unshift(below);
  }
  return rows;
}

/** From block `from` back through layers, each with a pattern of blocks of its own; every look that carries is told. */
export function reachOverBlocks(
  layers: readonly Pattern[],
  from: number,
): Pick<Reach, 'rows'> & { readonly looks: NonNullable<Reach['looks']> } {
  const blocks = layers[0]?.length ?? 0;
  const rows: (Manner | undefined)[][] = [
    Array.from({ length: blocks }, (_, i) => (i === from ? 'gradient' : undefined)),
  ];
  const looks: [number, number][][] = [];
  for (const pattern of layers.toReversed()) {
    const above = rows[0]!;
    const found = above.flatMap((manner, i) =>
      manner ? pattern[i]!.flatMap((visible, j): [number, number][] => (visible || i === j ? [[i, j]] : [])) : [],
    );
    const below: (Manner | undefined)[] = above.map(() => undefined);
    for (const [, to] of found) below[to] = 'gradient';
    rows.unshift(below);
    looks.unshift(found);
  }
  return { rows, looks };
}

/** Layers until one block has something of another, undefined where it never does. */
export function hopsBetween(pattern: Pattern, from: number, to: number): number | undefined {
  let reached = new Set([from]);
  for (let layers = 0; layers <= pattern.length; layers++) {
    if (reached.has(to)) return layers;
    reached = new Set([...reached].flatMap((i) => [i, ...pattern[i]!.flatMap((visible, j) => (visible ? [j] : []))]));
  }
  return undefined;
}

/** What some head of a layer reads. */
export const anyHead = (heads: readonly Pattern[]): Pattern => heads.reduce(union);
