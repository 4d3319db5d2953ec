import type { ComponentProps } from 'svelte';
import type DistanceRuler from '../DistanceRuler.svelte';

const tokens = ['[CLS]', 'on', 'monday', ',', 'it', 'rained', '.', '[SEP]'];
const clipped = (at: number, k: number) => tokens.map((_, j) => Math.max(0, Math.min(2 * k - 1, at - j + k)));

export const specimens: Readonly<Record<string, ComponentProps<typeof DistanceRuler>>> = {
  'every distance apart': { tokens, at: 2, cells: 16, cellOf: clipped(2, 8), width: 560 },
  'far ones share a cell': { tokens, at: 4, cells: 6, cellOf: clipped(4, 3), width: 560, onpick: () => undefined },
  narrow: { tokens, at: 4, cells: 6, cellOf: clipped(4, 3), width: 340 },
};
