import type { ComponentProps } from 'svelte';
import type BlockGrid from '../BlockGrid.svelte';
import type { Reason } from '../block-grid.ts';

const last = 9;
const drawn = [0, 4, 5, 6, 1, 2, 3, 4, 2, 0];
function reasonOf(i: number, j: number): Reason | undefined {
  if (i === j) return 'own';
  if (i === 0 || j === 0 || i === last || j === last) return 'global';
  if (Math.abs(i - j) === 1) return 'window';
  return drawn[i] === j ? 'random' : undefined;
}
const square = (reason: typeof reasonOf) =>
  Array.from({ length: last + 1 }, (_, i) => Array.from({ length: last + 1 }, (_, j) => reason(i, j)));
const nothing = () => undefined;

export const specimens: Readonly<Record<string, ComponentProps<typeof BlockGrid>>> = {
  'all three reasons': { cells: square(reasonOf), blockSize: 16, row: 5, width: 760, onpick: nothing },
  'full on a phone': { cells: square(() => 'any'), blockSize: 8, width: 330 },
};
